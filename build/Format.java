import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks ("check") or rewrites ("fix") the format of every Java source below a folder: {@code Format MODE ROOT}. */
final class Format {

    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git", ".dispatch");

    public static void main(String[] args) throws IOException {
        boolean fix = args[0].equals("fix");
        Path root = Path.of(args[1]);
        Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(Style.PALANTIR)
                .formatJavadoc(false)
                .build());
        List<Path> unformatted = new ArrayList<>();
        for (Path source : sources(root)) {
            String before = Files.readString(source);
            String after = formatted(formatter, source, before);
            if (!after.equals(before)) {
                unformatted.add(root.relativize(source));
                if (fix) {
                    Files.writeString(source, after);
                }
            }
        }
        if (!unformatted.isEmpty()) {
            unformatted.forEach(path -> System.out.println((fix ? "formatted " : "not formatted: ") + path));
            if (!fix) {
                System.out.println("Run: mvn -N process-sources -Dformat.mode=fix");
                System.exit(1);
            }
        }
    }

    private static String formatted(Formatter formatter, Path source, String text) throws IOException {
        try {
            return formatter.formatSource(
                    RemoveUnusedImports.removeUnusedImports(ImportOrderer.reorderImports(text, Style.PALANTIR)));
        } catch (FormatterException e) {
            throw new IOException("%s is no Java the formatter can read: %s".formatted(source, e.getMessage()), e);
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        List<Path> sources = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_OURS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")) {
                    sources.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return sources;
    }
}
