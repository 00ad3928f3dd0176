package io.dispatch.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file by which the command line finds the instance that last said it was ready. Only this user can read it; it names
 * the account's key and holds no secret itself. The command line ignores it when its process is gone.
 */
final class ReadyRecord implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path file;

    private ReadyRecord(Path file) {
        this.file = file;
    }

    /**
     * Writes it in place of an earlier one.
     *
     * @param key of the first account, or null where no credentials are needed
     */
    static ReadyRecord write(Path file, String url, @Nullable Path key) {
        Map<String, Object> record = new TreeMap<>();
        record.put("url", url);
        record.put("pid", ProcessHandle.current().pid());
        record.put("organization", GatewayClient.ORGANIZATION);
        if (key != null) {
            record.put("serviceaccount", GatewayClient.ORGANIZATION + "/" + FirstAccount.NAME);
            record.put("jwtprivatekey", key.toString());
        }
        try {
            Files.createDirectories(file.getParent());
            SecretFile.write(file, JSON.writeValueAsString(record));
        } catch (IOException e) {
            throw new LaunchException("The file %s cannot be written: %s.".formatted(file, e), e);
        }
        return new ReadyRecord(file);
    }

    /** Removes it, unless another instance has written its own since. */
    @Override
    public void close() {
        try {
            if (Files.exists(file)
                    && JSON.readTree(file.toFile()).path("pid").asLong(0)
                            == ProcessHandle.current().pid()) {
                Files.delete(file);
            }
        } catch (IOException | JacksonException e) {
            throw new LaunchException("The file %s cannot be removed: %s.".formatted(file, e), e);
        }
    }
}
