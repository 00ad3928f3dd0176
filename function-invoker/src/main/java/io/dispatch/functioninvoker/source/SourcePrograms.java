package io.dispatch.functioninvoker.source;

import io.dispatch.contracts.function.Function;
import io.dispatch.functioninvoker.image.ImageLanguages;
import io.dispatch.workloads.Backoff;
import io.dispatch.workloads.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Turns a source into a program that may be run: its unpacked folder, and the host of its language. For one thread at a time. */
public final class SourcePrograms {

    /** The variable by which a host is told what its calls must carry. */
    private static final String TOKEN = "DISPATCH_HOST_TOKEN";

    private final Path work;
    private final Sources sources;
    private final ImageLanguages images;
    private final SourceFolders folders;
    private final Interpreters interpreters;

    private SourcePrograms(Path work, Sources sources, ImageLanguages images, SourceFolders folders, String path) {
        this.work = work;
        this.sources = sources;
        this.images = images;
        this.folders = folders;
        this.interpreters = new Interpreters(path, environment(work));
    }

    /**
     * Takes the work folder, in which no program of an earlier process may run any more.
     *
     * @param work absolute; for this process only
     * @param path folders that interpreters are looked for in, as in {@code $PATH}
     * @throws IOException if the folder cannot be used
     */
    public static SourcePrograms open(Path work, String path, Sources sources, ImageLanguages images)
            throws IOException {
        Path hosts = Files.createDirectories(work.resolve("hosts"));
        for (Language language : Language.values()) {
            try (InputStream host = SourcePrograms.class.getResourceAsStream("/hosts/" + language.host())) {
                Files.copy(
                        Objects.requireNonNull(host),
                        hosts.resolve(language.host()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return new SourcePrograms(work, sources, images, new SourceFolders(work.resolve("sources")), path);
    }

    /**
     * The program of a function, whose source is unpacked when this returns.
     *
     * @param wanted a function with an image and a source
     * @param port that the program listens on, on 127.0.0.1
     * @param token that each call must carry as {@code Authorization: Bearer}
     * @throws IOException with a reason for its owner to read
     */
    public Program program(String organization, UUID function, Function wanted, int port, String token)
            throws IOException {
        Language language = language(organization, String.valueOf(wanted.image()));
        Path interpreter = interpreters
                .find(language)
                .orElseThrow(() -> new IOException(
                        "%s is not installed on this machine: no program %s on the path of Dispatch works; install it"
                                .formatted(language.title(), language.interpreter())));
        Map<String, String> environment = environment(work);
        environment.put("PORT", Integer.toString(port));
        environment.put(TOKEN, token);
        // Python would write what it compiled beside the source, which is shared and stays as it came.
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        List<String> command = new ArrayList<>(List.of(
                interpreter.toString(),
                work.resolve("hosts").resolve(language.host()).toString()));
        if (wanted.handler() != null && !wanted.handler().isEmpty()) {
            command.add(wanted.handler());
        }
        return new Program(
                function.toString(),
                command,
                environment,
                unpacked(organization, function),
                work.resolve(function + ".log"),
                Backoff.DEFAULT);
    }

    /**
     * Removes what no program needs any more.
     *
     * @param programs all that run or are about to
     */
    public void retain(Set<Program> programs) throws IOException {
        folders.retain(programs.stream().map(Program::folder).collect(Collectors.toSet()));
    }

    private Path unpacked(String organization, UUID function) throws IOException {
        String sha256 = sources.sha256(organization, function)
                .orElseThrow(() -> new IOException("its source is not there; update the function with it"));
        Path folder = folders.folder(function, sha256);
        if (!folders.has(folder)) {
            byte[] archive = sources.archive(organization, function, sha256)
                    .orElseThrow(() -> new IOException("its source has just changed"));
            try {
                folders.unpack(folder, archive);
            } catch (IOException e) {
                throw new IOException("its source cannot be unpacked: " + e, e);
            }
        }
        return folder;
    }

    private Language language(String organization, String image) throws IOException {
        String named = images.of(organization, image).orElse(null);
        return Language.named(named == null ? image : named)
                .orElseThrow(() -> new IOException(
                        named == null
                                ? ("image %s says no language: make an image of that name on a base image whose language is nodejs or"
                                                + " python3, or name one that begins with nodejs or python")
                                        .formatted(image)
                                : "image %s is for %s: here functions run in nodejs and python3; others can be a command or an endpoint"
                                        .formatted(image, named)));
    }

    private static Map<String, String> environment(Path work) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        environment.put("LANG", "C.UTF-8");
        environment.put("HOME", work.toString());
        return environment;
    }
}
