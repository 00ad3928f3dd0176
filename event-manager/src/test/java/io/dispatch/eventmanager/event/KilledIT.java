package io.dispatch.eventmanager.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.database.ServiceRole;
import io.dispatch.eventlog.EventLogReader;
import io.dispatch.eventlog.LogEntry;
import io.dispatch.eventmanager.EventManager;
import io.dispatch.testing.TestCaller;
import io.dispatch.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class KilledIT {
    private static final int EMITTERS = 8;
    private static final Duration START = Duration.ofMinutes(4);

    private final String organization = "killed-" + UUID.randomUUID();
    private final String token = TestCaller.token("event-manager", organization);
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void whatWasAcknowledgedBeforeAKillIsInTheLog() throws Exception {
        String url = TestDatabase.url();
        int port = freePort();
        Process service = start(url, port);
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Awaitility.await().atMost(START).until(() -> status(port, "/readyz", null) == 200);
            assertThat(status(port, "/v1/event/subscriptions", "{\"eventType\":\"t\",\"function\":\"f\"}"))
                    .isEqualTo(201);
            for (int i = 0; i < EMITTERS; i++) {
                threads.execute(() -> emitUntilGone(port, acknowledged));
            }
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> acknowledged.size() > 300);
            service.destroyForcibly(); // while they emit: the pool is closed when the last of them found nobody there
        } finally {
            service.destroyForcibly().waitFor();
        }

        assertThat(acknowledged).hasSizeGreaterThan(300);
        assertThat(logged(url)).containsAll(acknowledged);
    }

    private void emitUntilGone(int port, Set<String> acknowledged) {
        while (true) {
            String id = UUID.randomUUID().toString();
            int status = status(
                    port,
                    "/v1/event",
                    "{\"cloudEventsVersion\":\"0.1\",\"eventType\":\"t\",\"source\":\"s\",\"eventID\":\"" + id + "\"}");
            if (status != 200) {
                return;
            }
            acknowledged.add(id);
        }
    }

    private Set<String> logged(String url) {
        EventLogReader log = new EventLogReader(new DriverManagerDataSource(
                url, ServiceRole.FUNCTION_INVOKER.roleName(), TestDatabase.password(ServiceRole.FUNCTION_INVOKER)));
        Set<String> ids = new HashSet<>();
        for (int partition = 0; partition < log.nextOffsets().size(); partition++) {
            List<LogEntry> page = log.read(partition, 0, 1000, 1 << 20);
            while (!page.isEmpty()) {
                page.stream()
                        .filter(entry -> entry.organization().equals(organization))
                        .forEach(entry -> ids.add(entry.event().id()));
                page = log.read(partition, page.getLast().offset() + 1, 1000, 1 << 20);
            }
        }
        return ids;
    }

    /** The HTTP status, or 0 if nobody answers any more. */
    private int status(int port, String path, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
        HttpRequest built = body == null
                ? request.build()
                : request.POST(BodyPublishers.ofString(body)).build();
        try {
            HttpResponse<Void> response = http.send(built, BodyHandlers.discarding());
            return response.statusCode();
        } catch (IOException gone) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static Process start(String url, int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                EventManager.class.getName());
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        builder.environment().put("SPRING_DATASOURCE_URL", url);
        builder.environment().put("SPRING_DATASOURCE_PASSWORD", TestDatabase.password(ServiceRole.EVENT_MANAGER));
        File log = Path.of("target", "killed-event-manager.log").toFile();
        return builder.redirectErrorStream(true).redirectOutput(log).start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
