package io.dispatch.functioninvoker.run;

import io.dispatch.contracts.RawJson;
import io.dispatch.contracts.run.RunError;
import io.dispatch.contracts.run.RunLogs;
import io.dispatch.functioninvoker.call.CallResult;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is kept of a call's result: bounded, as JSON text.
 *
 * @param output one JSON value; where the function answered more than {@value #MAX_TEXT} characters, a JSON string of the
 *     first of them; null for nothing
 * @param error a {@link RunError}, or null if the call succeeded
 * @param logs a {@link RunLogs}, or null
 */
public record RunOutcome(
        @Nullable String output,
        @Nullable String error,
        @Nullable String logs) {

    /** The most characters that are kept of an output, of each log and of a stack trace. */
    public static final int MAX_TEXT = 65_536;

    /** Why a call that a crash cut off has no result. */
    public static final RunOutcome INTERRUPTED =
            new RunOutcome(null, json(new RunError(CallResult.SYSTEM_ERROR, "interrupted", null)), null);

    /** Of what came of a call. */
    public static RunOutcome of(CallResult result) {
        String error = result instanceof CallResult.Failed failed
                ? json(new RunError(failed.type(), failed.message(), lines(failed.stacktrace())))
                : null;
        RunLogs logs = result.logs();
        return new RunOutcome(
                output(result.output()),
                error,
                logs == null || (logs.stderr() == null && logs.stdout() == null)
                        ? null
                        : json(new RunLogs(lines(logs.stderr()), lines(logs.stdout()))));
    }

    private static @Nullable String output(@Nullable String output) {
        return output == null || output.length() <= MAX_TEXT
                ? output
                : RawJson.ofText(cut(output)).json();
    }

    private static String cut(String text) {
        if (text.length() <= MAX_TEXT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
        return text.substring(0, end);
    }

    private static @Nullable List<String> lines(@Nullable List<String> lines) {
        if (lines == null) {
            return null;
        }
        int room = MAX_TEXT;
        int kept = 0;
        while (kept < lines.size() && room >= lines.get(kept).length()) {
            room -= lines.get(kept).length() + 1;
            kept++;
        }
        return List.copyOf(lines.subList(0, kept));
    }

    private static String json(Object value) {
        return JsonMapper.shared().writeValueAsString(value);
    }
}
