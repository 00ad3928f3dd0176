package io.dispatch.cli.account;

import io.dispatch.cli.output.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The folder in which a server looks for the bootstrap user once a second. */
final class BootstrapFolder {

    private static final String USER = "bootstrap_user";
    private static final String KEY = "bootstrap_public_key";

    private final Path folder;
    private final Path temporaryKey;

    BootstrapFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure("The folder %s is not there: correct --bootstrap-folder.".formatted(folder));
        }
        this.folder = folder;
        try {
            this.temporaryKey = Files.createTempDirectory("dispatch-bootstrap-").resolve("key.pem");
        } catch (IOException e) {
            throw new CommandFailure("A temporary folder cannot be written: %s.".formatted(e.getMessage()), e);
        }
    }

    /** Where the bootstrap user's private key is until {@link #empty}. */
    Path temporaryKey() {
        return temporaryKey;
    }

    /** @param publicKey a PEM file in Base64 */
    void fill(String user, String publicKey) {
        try {
            write(USER, user);
            write(KEY, publicKey);
        } catch (IOException e) {
            throw new CommandFailure("The folder %s cannot be written: %s.".formatted(folder, e.getMessage()), e);
        }
    }

    /** Whole or not at all, as the server may look at any moment. */
    private void write(String name, String text) throws IOException {
        Path written = Files.writeString(folder.resolve("." + name + ".new"), text);
        Files.move(written, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Ends the bootstrap user. */
    void empty() {
        try {
            Files.deleteIfExists(folder.resolve(KEY));
            Files.deleteIfExists(folder.resolve(USER));
            Files.deleteIfExists(temporaryKey);
            Files.deleteIfExists(temporaryKey.getParent());
        } catch (IOException e) {
            throw new CommandFailure(
                    "The bootstrap user is still in %s (%s): empty that folder.".formatted(folder, e.getMessage()), e);
        }
    }
}
