package io.dispatch.functioninvoker.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dispatch.functioninvoker.Tarball;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TarGzTests {

    @TempDir
    Path folder;

    @Test
    void filesAndFoldersAreUnpackedWhereTheyBelong() throws IOException {
        byte[] archive = new Tarball()
                .folder("./")
                .file("./main.js", "main")
                .folder("lib")
                .folder("lib")
                .file("lib/a.js", "a")
                .file("deep/without/folder/entry.js", "deep")
                .file("n/" + "é".repeat(100) + ".js", "long")
                .bytes();

        TarGz.check(archive);
        TarGz.unpack(archive, folder);

        assertThat(folder.resolve("main.js")).hasContent("main");
        assertThat(folder.resolve("lib/a.js")).hasContent("a");
        assertThat(folder.resolve("deep/without/folder/entry.js")).hasContent("deep");
        assertThat(folder.resolve("n/" + "é".repeat(100) + ".js")).hasContent("long");
    }

    static Stream<Arguments> attacks() {
        return Stream.of(
                Arguments.of(Tarball.of("../out.js", "x"), "'../out.js', which leads out of its folder"),
                Arguments.of(Tarball.of("a/../../out.js", "x"), "leads out of its folder"),
                Arguments.of(Tarball.of("a/../b.js", "x"), "leads out of its folder"),
                Arguments.of(Tarball.of("/etc/cron.d/x", "x"), "'/etc/cron.d/x', which is an absolute path"),
                Arguments.of(special(TarConstants.LF_SYMLINK, "/etc"), "is a link, a device"),
                Arguments.of(special(TarConstants.LF_LINK, "/etc/passwd"), "is a link, a device"),
                Arguments.of(special(TarConstants.LF_CHR, ""), "is a link, a device"),
                Arguments.of(special(TarConstants.LF_BLK, ""), "is a link, a device"),
                Arguments.of(special(TarConstants.LF_FIFO, ""), "is a link, a device"),
                Arguments.of(Tarball.of("a\nb.js", "x"), "'a?b.js', which holds a control character"),
                Arguments.of(Tarball.of("n".repeat(256), "x"), "holds a name longer than 255 bytes"),
                Arguments.of(Tarball.of("dir/".repeat(130) + "x", "x"), "is longer than 512 bytes"),
                Arguments.of(new Tarball().file("a", "1").file("a", "2").bytes(), "'a', which comes twice"),
                Arguments.of(new Tarball().file("a/b", "1").file("a", "2").bytes(), "'a', which comes twice"),
                Arguments.of(new Tarball().file("a", "1").file("a/b", "2").bytes(), "'a/b', which stands below a file"),
                Arguments.of(new Tarball().file("a", "1").folder("a").bytes(), "comes twice"),
                Arguments.of(new Tarball().folder("empty").bytes(), "holds no file"),
                Arguments.of(
                        new Tarball().zeros("bomb", 65 << 20).bytes(), "is more than 67108864 bytes when unpacked"),
                Arguments.of(manyFiles(10_001), "holds more than 10000 files and folders"),
                Arguments.of("just text".getBytes(StandardCharsets.UTF_8), "is no whole gzip archive of a tar"),
                Arguments.of(new byte[0], "is no whole gzip archive of a tar"),
                Arguments.of(
                        gzip("no tar in it, but more than one block of text".repeat(40)), "is no whole gzip archive"),
                Arguments.of(truncated(20), "is no whole gzip archive of a tar"),
                Arguments.of(truncated(4), "is no whole gzip archive of a tar"),
                Arguments.of(damagedCheckSum(), "is no whole gzip archive of a tar"));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void anArchiveThatBreaksARuleIsRefusedWithTheRule(byte[] archive, String reason) {
        assertThatThrownBy(() -> TarGz.check(archive))
                .isInstanceOf(RefusedArchive.class)
                .hasMessageContaining(reason);
    }

    @Test
    void theLargestThatIsAllowedIsTaken() {
        byte[] files = manyFiles(10_000);
        byte[] large = new Tarball().zeros("large", (64 << 20) - 16_384).bytes();

        assertThatCode(() -> TarGz.check(files)).doesNotThrowAnyException();
        assertThatCode(() -> TarGz.check(large)).doesNotThrowAnyException();
    }

    @Test
    void noDamageOfAnArchiveEndsInAnotherFailureOrOutsideOfItsFolder() throws IOException {
        byte[] archive = new Tarball()
                .file("a.js", "a".repeat(3000))
                .folder("b")
                .file("b/c.js", "c")
                .bytes();
        Random random = new Random(42);
        Path outside = folder.resolve("outside");
        for (int i = 0; i < 500; i++) {
            byte[] tar = ungzip(archive);
            for (int damage = random.nextInt(1, 6); damage > 0; damage--) {
                tar[random.nextInt(tar.length)] = (byte) random.nextInt(256);
            }
            byte[] damaged = gzip(tar);
            Path target = Files.createDirectories(outside.resolve("inside-" + i));
            try {
                TarGz.check(damaged);
            } catch (RefusedArchive e) {
                continue;
            }
            TarGz.unpack(damaged, target);
        }

        try (Stream<Path> entries = Files.list(outside)) {
            assertThat(entries).allMatch(entry -> entry.getFileName().toString().startsWith("inside-"));
        }
        assertThat(folder).isDirectoryNotContaining(entry -> !entry.equals(outside));
    }

    private static byte[] special(byte type, String link) {
        return new Tarball().file("a.js", "x").special("odd", type, link).bytes();
    }

    private static byte[] manyFiles(int count) {
        Tarball tarball = new Tarball();
        for (int i = 0; i < count; i++) {
            tarball.file("f" + i, "");
        }
        return tarball.bytes();
    }

    private static byte[] truncated(int lost) {
        byte[] whole = Tarball.of("a.js", "x");
        return Arrays.copyOf(whole, whole.length - lost);
    }

    private static byte[] damagedCheckSum() {
        byte[] whole = Tarball.of("a.js", "x");
        whole[whole.length - 6] ^= 1;
        return whole;
    }

    private static byte[] gzip(String text) {
        return gzip(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] gzip(byte[] data) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(data);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] ungzip(byte[] archive) throws IOException {
        try (var in = new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(archive))) {
            return in.readAllBytes();
        }
    }
}
