package io.dispatch.contracts.run;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a function printed, line by line.
 *
 * @param stderr null where it printed nothing
 * @param stdout null where it printed nothing
 */
@Schema(name = "RunLogs")
public record RunLogs(
        @Nullable List<String> stderr, @Nullable List<String> stdout) {}
