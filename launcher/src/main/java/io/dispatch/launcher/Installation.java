package io.dispatch.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The folder that Dispatch was built in.
 *
 * @param root absolute
 */
record Installation(Path root) {

    /** The script {@code dispatch} names its own folder in this variable. */
    static final String ROOT_VARIABLE = "DISPATCH_ROOT";

    static Installation found() {
        String root = Objects.requireNonNullElse(System.getenv(ROOT_VARIABLE), "");
        return new Installation(Path.of(root).toAbsolutePath().normalize());
    }

    /**
     * The jar that the build made of a service.
     *
     * @throws LaunchException if it is not there
     */
    Path jar(Service service) {
        Path jar = jarPath(service);
        if (!Files.isReadable(jar)) {
            throw new LaunchException("%s is not built (%s is missing): run `mvn -DskipTests package` in %s."
                    .formatted(service.moduleName(), jar, root));
        }
        return jar;
    }

    /** Where {@link #jar} is or will be; the script looks there too. */
    Path jarPath(Service service) {
        return root.resolve(service.moduleName()).resolve("target").resolve(service.moduleName() + "-app.jar");
    }

    /** Unpacked programs and their caches, shared by all instances; can be deleted when none runs. */
    Path cache() {
        return root.resolve(".dispatch").resolve("cache");
    }

    /** Where an instance keeps its data unless told otherwise. */
    Path defaultData() {
        return root.resolve(".dispatch").resolve("data");
    }

    /** Where the command line looks for the instance that is ready. */
    Path readyRecord() {
        return root.resolve(".dispatch").resolve("server.json");
    }

    /** The functions of the quick start. */
    Path functions() {
        return root.resolve("functions");
    }

    /** The bundled drivers, each in a folder of its own. */
    Path drivers() {
        return root.resolve("drivers").resolve("target");
    }
}
