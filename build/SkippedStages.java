import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Names, in the last lines of a build, the stages that were skipped because something is missing on this machine:
 * {@code SkippedStages FILE}. Tests add their lines to the file, {@code <stage>: <what is missing>}; it is removed here, so that
 * the next build begins without.
 */
final class SkippedStages {

    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        if (Files.exists(file)) {
            Files.readAllLines(file).stream().distinct().forEach(line -> System.out.println("SKIPPED " + line));
            Files.delete(file);
        }
    }
}
