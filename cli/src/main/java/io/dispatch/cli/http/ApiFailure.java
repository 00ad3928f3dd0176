package io.dispatch.cli.http;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The server refused: {@code [Code: 404] subscription x not found}, and where there is something to be done, what. */
public final class ApiFailure extends CommandFailure {

    private static final int SHOWN = 200;

    private final int code;
    private final String reason;

    private ApiFailure(int code, String reason, String advice) {
        super("[Code: %d] %s%s".formatted(code, reason, advice.isEmpty() ? "" : " – " + advice));
        this.code = code;
        this.reason = reason;
    }

    private ApiFailure(String sentence) {
        super(sentence);
        this.code = 0;
        this.reason = sentence;
    }

    static CommandFailure of(Answer answer) {
        try {
            JsonNode body = Json.parse(answer.body());
            Long code = Json.number(body, "code");
            if (code != null) {
                String reason = Json.text(body, "message");
                return new ApiFailure(code.intValue(), reason, advice(code.intValue(), reason));
            }
        } catch (JacksonException e) {
            // Told below in the server's own words.
        }
        String text = answer.body().strip();
        if (text.length() > SHOWN) {
            text = text.substring(0, SHOWN) + "…";
        }
        return new ApiFailure("unexpected error received from server: %d %s"
                .formatted(answer.status(), text.replaceAll("\\s+", " "))
                .strip());
    }

    private static String advice(int code, String reason) {
        return switch (code) {
            case 401 ->
                "give --token, or --service-account with --jwt-private-key, or log in with `dispatch login`; `dispatch doctor` tells what is used";
            case 403 -> "a policy must allow it: `dispatch iam get policy -o wide` shows who may do what";
            case 412 -> "somebody else has changed it meanwhile, and nothing was lost: look at it again and repeat";
            case 602 -> reason.startsWith("X-Dispatch-Org") ? "name the organization with --organization" : "";
            default -> "";
        };
    }

    /** The number in the body, as in contract section 2.5; 0 where the server gave none. */
    public int code() {
        return code;
    }

    /** The server's own sentence. */
    public String reason() {
        return reason;
    }

    /** The same with what to do. */
    public ApiFailure advising(String advice) {
        return new ApiFailure(code, reason, advice);
    }
}
