package io.dispatch.drivermanager.checkpoint;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code driver_manager.checkpoint}. Every write is one statement, and says whether it found what it expected. */
@Repository
class Checkpoints {

    private final JdbcClient jdbc;
    private final Clock clock;

    Checkpoints(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Optional<Checkpoint> find(UUID driver, String key) {
        return jdbc.sql("""
                        select version, content_type, content
                          from driver_manager.checkpoint
                         where driver_id = :driver and key = :key""")
                .param("driver", driver)
                .param("key", key)
                .query((row, _) ->
                        new Checkpoint(row.getLong("version"), row.getString("content_type"), row.getBytes("content")))
                .optional();
    }

    /** Writes the first version; empty when there is one already. */
    OptionalLong create(UUID driver, String key, String contentType, byte[] content) {
        int rows = jdbc.sql("""
                        insert into driver_manager.checkpoint
                               (driver_id, key, version, content_type, content, modified_at)
                        values (:driver, :key, 1, :type, :content, :now)
                            on conflict do nothing""")
                .param("driver", driver)
                .param("key", key)
                .param("type", contentType)
                .param("content", content)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return rows == 0 ? OptionalLong.empty() : OptionalLong.of(1);
    }

    /** Replaces exactly that version; empty when another one is there by now, or none. */
    OptionalLong replace(UUID driver, String key, long version, String contentType, byte[] content) {
        int rows = jdbc.sql("""
                        update driver_manager.checkpoint
                           set version = version + 1, content_type = :type, content = :content, modified_at = :now
                         where driver_id = :driver and key = :key and version = :version""")
                .param("driver", driver)
                .param("key", key)
                .param("version", version)
                .param("type", contentType)
                .param("content", content)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return rows == 0 ? OptionalLong.empty() : OptionalLong.of(version + 1);
    }

    /** Deletes exactly that version; false when another one is there by now, or none. */
    boolean delete(UUID driver, String key, long version) {
        return jdbc.sql("""
                                delete from driver_manager.checkpoint
                                 where driver_id = :driver and key = :key and version = :version""")
                        .param("driver", driver)
                        .param("key", key)
                        .param("version", version)
                        .update()
                > 0;
    }
}
