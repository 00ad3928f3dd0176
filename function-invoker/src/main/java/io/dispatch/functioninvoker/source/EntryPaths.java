package io.dispatch.functioninvoker.source;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** The paths within one archive: what each must be, and that no two are in each other's way. */
final class EntryPaths {

    /** The most bytes of a path in UTF-8. */
    static final int MOST_PATH = 512;

    /** The most bytes of one name in a path: what usual file systems take. */
    private static final int MOST_NAME = 255;

    private final Set<Path> files = new HashSet<>();
    private final Set<Path> folders = new HashSet<>();
    private int entries;

    /** How many files there were. */
    int files() {
        return files.size();
    }

    /**
     * The path of the next entry.
     *
     * @return relative and without {@code .} and {@code ..}; the empty path for the archive's own folder
     * @throws RefusedArchive if nothing may be written there
     */
    Path next(TarArchiveEntry entry) throws RefusedArchive {
        if (++entries > TarGz.MOST_ENTRIES) {
            throw new RefusedArchive("holds more than %d files and folders".formatted(TarGz.MOST_ENTRIES));
        }
        String name = entry.getName();
        if (isLinkOrDevice(entry) || entry.isSparse()) {
            throw refused(name, "is a link, a device or a sparse file; only files and folders are unpacked");
        }
        Path path = path(name);
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            if (files.contains(above)) {
                throw refused(name, "stands below a file");
            }
            folders.add(above);
        }
        if (files.contains(path) || (!entry.isDirectory() && (folders.contains(path) || isEmpty(path)))) {
            throw refused(name, "comes twice");
        }
        (entry.isDirectory() ? folders : files).add(path);
        return path;
    }

    private static boolean isLinkOrDevice(TarArchiveEntry entry) {
        return entry.isSymbolicLink()
                || entry.isLink()
                || entry.isCharacterDevice()
                || entry.isBlockDevice()
                || entry.isFIFO();
    }

    private static Path path(String name) throws RefusedArchive {
        if (name.startsWith("/")) {
            throw refused(name, "is an absolute path");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MOST_PATH) {
            throw refused(name, "is longer than %d bytes".formatted(MOST_PATH));
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw refused(name, "holds a control character");
        }
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            throw refused(name, "cannot be the name of a file here");
        }
        for (Path part : path) {
            if (part.toString().equals("..")) {
                throw refused(name, "leads out of its folder");
            }
            if (part.toString().getBytes(StandardCharsets.UTF_8).length > MOST_NAME) {
                throw refused(name, "holds a name longer than %d bytes".formatted(MOST_NAME));
            }
        }
        return path.normalize();
    }

    private static boolean isEmpty(Path path) {
        return path.toString().isEmpty();
    }

    private static RefusedArchive refused(String name, String why) {
        String shown = name.length() <= 80 ? name : name.substring(0, 80) + "…";
        return new RefusedArchive("has the entry '%s', which %s".formatted(shown.replaceAll("\\p{Cntrl}", "?"), why));
    }
}
