package io.dispatch.functioninvoker.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dispatch.functioninvoker.Tarball;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFoldersTests {

    private static final byte[] ARCHIVE = Tarball.of("main.js", "main");
    private static final String HASH = new SourceArchive(ARCHIVE).sha256();

    @TempDir
    Path work;

    @Test
    void whatAnEarlierProcessLeftIsNotUsed() throws IOException {
        Path root = work.resolve("sources");
        Files.createDirectories(root.resolve(HASH));
        Files.writeString(root.resolve(HASH).resolve("main.js"), "spoilt");
        Files.createDirectories(root.resolve(HASH + ".unfinished"));
        Files.writeString(root.resolve(HASH + ".unfinished").resolve("half.js"), "half");

        SourceFolders folders = new SourceFolders(root);

        assertThat(folders.has(HASH)).isFalse();
        folders.unpack(HASH, ARCHIVE);
        assertThat(folders.folder(HASH).resolve("main.js")).hasContent("main");
        assertThat(root).isDirectoryNotContaining(entry -> !entry.equals(folders.folder(HASH)));
    }

    @Test
    void whatCouldNotBeUnpackedIsNotThereAndIsTriedAgain() throws IOException {
        SourceFolders folders = new SourceFolders(work.resolve("sources"));

        assertThatThrownBy(() -> folders.unpack(HASH, Tarball.of("../out", "x")))
                .isInstanceOf(RefusedArchive.class);
        assertThat(folders.has(HASH)).isFalse();
        assertThat(folders.folder(HASH)).doesNotExist();
        assertThat(work.resolve("out")).doesNotExist();

        folders.unpack(HASH, ARCHIVE);
        assertThat(folders.has(HASH)).isTrue();
    }

    @Test
    void whatNobodyNeedsIsRemovedAndALinkOutOfItIsNotFollowed() throws IOException {
        SourceFolders folders = new SourceFolders(work.resolve("sources"));
        folders.unpack(HASH, ARCHIVE);
        Path precious = Files.writeString(work.resolve("precious"), "kept");
        Files.createSymbolicLink(folders.folder(HASH).resolve("link"), work);

        folders.retain(Set.of());

        assertThat(folders.has(HASH)).isFalse();
        assertThat(folders.folder(HASH)).doesNotExist();
        assertThat(precious).hasContent("kept");
    }
}
