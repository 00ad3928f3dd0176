package io.dispatch.cli.diagnosis;

import io.dispatch.cli.config.Target;
import io.dispatch.cli.http.Answer;
import io.dispatch.cli.http.Api;
import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code doctor}: which server is meant and why, whether it works, and whether it knows the caller. */
@Command(
        name = "doctor",
        description = "Tells which server is meant and why, and whether everything works.",
        sortOptions = false)
public final class DoctorCommand implements Callable<Integer> {

    private static final Duration TOLERATED = Duration.ofSeconds(60);

    private final Session session;
    private boolean wrong;

    public DoctorCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Target target = session.target();
        say(
                "config",
                "%s%s"
                        .formatted(
                                session.config().path(),
                                session.config().current().isEmpty()
                                        ? ", no context"
                                        : ", context " + session.config().current()));
        say("server", "%s (%s)".formatted(target.server().url(), target.why()));
        String organization = target.server().organization();
        say(
                "organization",
                "%s (%s)".formatted(organization.isEmpty() ? "none" : organization, target.whyOrganization()));
        say("caller", target.server().credentials().describe());
        Api api = session.api();
        if (check("health", () -> health(api))) {
            check(
                    "version",
                    () -> "the server is %s, this command %s"
                            .formatted(Json.text(api.get("/v1/version"), "version"), VersionCommand.ofThisCommand()));
            check("credentials", () -> Json.text(api.get("/home"), "message"));
            check("clock", () -> clock(api.send("GET", "/healthz", null)));
        }
        return wrong ? 1 : 0;
    }

    private static String health(Api api) {
        Answer answer = api.send("GET", "/healthz", null);
        if (!answer.isSuccess()) {
            throw new CommandFailure("/healthz answers %d: %s"
                    .formatted(answer.status(), answer.body().strip()));
        }
        return "the server is well";
    }

    private String clock(Answer answer) {
        Instant date = answer.date();
        if (date == null) {
            return "the server does not tell its time";
        }
        Duration difference =
                Duration.between(date, session.surroundings().clock().instant()).abs();
        if (difference.compareTo(TOLERATED) > 0) {
            throw new CommandFailure(
                    "this machine's clock and the server's are %d s apart, so tokens may be refused: set the clock"
                            .formatted(difference.toSeconds()));
        }
        return "less than a minute from the server's";
    }

    private boolean check(String what, Check check) {
        try {
            say(what, "ok, " + check.run());
            return true;
        } catch (CommandFailure e) {
            say(what, "WRONG: " + e.getMessage());
        }
        wrong = true;
        return false;
    }

    private void say(String what, String text) {
        session.printer().line("%-13s %s".formatted(what + ":", text));
    }

    /** Finds something out, or fails with what is wrong. */
    @FunctionalInterface
    private interface Check {
        String run();
    }
}
