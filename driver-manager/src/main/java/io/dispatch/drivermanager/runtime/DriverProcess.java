package io.dispatch.drivermanager.runtime;

import io.dispatch.workloads.Exit;
import io.dispatch.workloads.Workload;
import io.dispatch.workloads.WorkloadState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One driver's process and what is seen of it. Safe for any thread; observed by one at a time. */
final class DriverProcess {

    /** A process that is not ready after this is not on its way any more but in trouble. */
    private static final Duration STARTUP = Duration.ofSeconds(30);

    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final int MAX_REASON = 300;
    private static final int SHORTEST_MASKED = 4;

    private final DriverSpec spec;
    private final Workload workload;
    private final int managementPort;
    private final HttpClient http;
    private final Clock clock;
    private volatile long readyPid = -1;

    DriverProcess(DriverSpec spec, Workload workload, int managementPort, HttpClient http, Clock clock) {
        this.spec = spec;
        this.workload = workload;
        this.managementPort = managementPort;
        this.http = http;
        this.clock = clock;
    }

    DriverSpec spec() {
        return spec;
    }

    Observation observe() {
        return switch (workload.state()) {
            case WorkloadState.Starting _, WorkloadState.Stopped _ -> new Observation.Pending();
            case WorkloadState.BackingOff backingOff -> crashed(backingOff.exit());
            case WorkloadState.Running running -> observe(running);
        };
    }

    /** The end of its log, oldest line first, without the values of its secrets. */
    List<String> lastLines(int count) throws IOException {
        return workload.lastLines(count).stream().map(this::masked).toList();
    }

    private Observation observe(WorkloadState.Running running) {
        @Nullable String trouble = trouble();
        if (trouble == null) {
            readyPid = running.pid();
            return new Observation.Ready();
        }
        boolean wasReady = readyPid == running.pid();
        if (!wasReady && running.previous() != null) {
            return crashed(running.previous());
        }
        boolean late = Duration.between(running.since(), clock.instant()).compareTo(STARTUP) > 0;
        return wasReady || late
                ? new Observation.Failed("NotReady: " + bounded(masked(trouble)))
                : new Observation.Pending();
    }

    /** Null when it says that it is ready. */
    private @Nullable String trouble() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/readyz".formatted(managementPort)))
                .timeout(ANSWER)
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? null
                    : "the driver says: " + answer.body().strip();
        } catch (IOException e) {
            return "the driver does not answer on its management port %d".formatted(managementPort);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the look at the driver was interrupted";
        }
    }

    private Observation crashed(Exit exit) {
        String line = exit.lastLine().isEmpty() ? "it printed nothing" : exit.lastLine();
        return new Observation.Failed("CrashLoopBackOff: exit %d: %s".formatted(exit.code(), bounded(masked(line))));
    }

    private String masked(String text) {
        String masked = text;
        for (String secret : spec.secrets().values()) {
            // A shorter value would tear holes into innocent words.
            if (secret.length() >= SHORTEST_MASKED) {
                masked = masked.replace(secret, "<hidden>");
            }
        }
        return masked;
    }

    private static String bounded(String text) {
        return text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON) + "…";
    }
}
