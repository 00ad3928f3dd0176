package io.dispatch.functioninvoker.source;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The sources of functions as they are kept, apart from the functions. A function's source goes with it. */
@Component
public class Sources {

    private final JdbcClient jdbc;

    Sources(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Keeps the source of a function instead of the one before; takes part in the caller's transaction.
     *
     * @param function one that is stored
     * @param archive null for a function that has none
     */
    public void put(String organization, UUID function, @Nullable SourceArchive archive) {
        if (archive == null) {
            jdbc.sql("delete from function_invoker.function_source where organization = ? and function = ?")
                    .params(organization, function)
                    .update();
            return;
        }
        jdbc.sql("""
                        insert into function_invoker.function_source (organization, function, sha256, archive)
                        values (:organization, :function, :sha256, :archive)
                        on conflict (organization, function)
                        do update set sha256 = excluded.sha256, archive = excluded.archive
                        where function_source.sha256 <> excluded.sha256""")
                .param("organization", organization)
                .param("function", function)
                .param("sha256", archive.sha256())
                .param("archive", archive.bytes())
                .update();
    }

    /**
     * Whether this is the source of a function as it is now.
     *
     * @param archive null for none
     */
    public boolean is(String organization, UUID function, @Nullable SourceArchive archive) {
        return sha256(organization, function)
                .equals(Optional.ofNullable(archive).map(SourceArchive::sha256));
    }

    /** The hash of a function's source as it is now, or empty if it has none. */
    Optional<String> sha256(String organization, UUID function) {
        return jdbc.sql("select sha256 from function_invoker.function_source where organization = ? and function = ?")
                .params(organization, function)
                .query(String.class)
                .optional();
    }

    /** A function's source, if it still has this hash. */
    Optional<byte[]> archive(String organization, UUID function, String sha256) {
        return jdbc.sql("""
                        select archive from function_invoker.function_source
                         where organization = ? and function = ? and sha256 = ?""")
                .params(organization, function, sha256)
                .query(byte[].class)
                .optional();
    }
}
