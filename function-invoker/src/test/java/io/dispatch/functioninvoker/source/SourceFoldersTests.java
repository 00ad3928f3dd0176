package io.dispatch.functioninvoker.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dispatch.functioninvoker.Tarball;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFoldersTests {

    private static final byte[] ARCHIVE = Tarball.of("main.js", "main");
    private static final String HASH = new SourceArchive(ARCHIVE).sha256();
    private static final UUID FUNCTION = UUID.fromString("00000000-0000-0000-0000-000000000001");

    @TempDir
    Path work;

    @Test
    void whatAnEarlierProcessLeftIsNotUsed() throws IOException {
        Path root = work.resolve("sources");
        Path folder = root.resolve(FUNCTION + "-" + HASH);
        Path unfinished = root.resolve(FUNCTION + "-" + HASH + ".unfinished");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("main.js"), "spoilt");
        Files.createDirectories(unfinished);
        Files.writeString(unfinished.resolve("half.js"), "half");

        SourceFolders folders = new SourceFolders(root);

        assertThat(folders.folder(FUNCTION, HASH)).isEqualTo(folder);
        assertThat(folders.has(folder)).isFalse();
        folders.unpack(folder, ARCHIVE);
        assertThat(folder.resolve("main.js")).hasContent("main");
        assertThat(root).isDirectoryNotContaining(entry -> !entry.equals(folder));
    }

    @Test
    void whatCouldNotBeUnpackedIsNotThereAndIsTriedAgain() throws IOException {
        SourceFolders folders = new SourceFolders(work.resolve("sources"));
        Path folder = folders.folder(FUNCTION, HASH);

        assertThatThrownBy(() -> folders.unpack(folder, Tarball.of("../out", "x")))
                .isInstanceOf(RefusedArchive.class);
        assertThat(folders.has(folder)).isFalse();
        assertThat(folder).doesNotExist();
        assertThat(work.resolve("out")).doesNotExist();

        folders.unpack(folder, ARCHIVE);
        assertThat(folders.has(folder)).isTrue();
    }

    @Test
    void whatNobodyNeedsIsRemovedAndALinkOutOfItIsNotFollowed() throws IOException {
        SourceFolders folders = new SourceFolders(work.resolve("sources"));
        Path folder = folders.folder(FUNCTION, HASH);
        folders.unpack(folder, ARCHIVE);
        Path precious = Files.writeString(work.resolve("precious"), "kept");
        Files.createSymbolicLink(folder.resolve("link"), work);

        folders.retain(Set.of());

        assertThat(folders.has(folder)).isFalse();
        assertThat(folder).doesNotExist();
        assertThat(precious).hasContent("kept");
    }
}
