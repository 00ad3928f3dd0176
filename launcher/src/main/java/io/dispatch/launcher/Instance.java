package io.dispatch.launcher;

import java.io.PrintStream;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** One running Dispatch, from its start to its end. */
final class Instance {

    private final Installation installation;
    private final Settings settings;
    private final PrintStream out;

    Instance(Installation installation, Settings settings, PrintStream out) {
        this.installation = installation;
        this.settings = settings;
        this.out = out;
    }

    /**
     * Starts everything, says that it is ready, and stays until this thread is interrupted; then, or when something
     * cannot be started, stops everything in reverse order.
     *
     * @throws LaunchException if something cannot be started
     */
    void run() throws InterruptedException {
        try (DataFolder data = DataFolder.open(settings.data());
                Services services = Services.open(data.folder("processes"), out::println)) {
            Ports ports = Ports.pick(settings.port());
            Map<Service, App> apps = unpack();
            try (Database database = database(data);
                    HttpClient client = HttpClient.newBuilder()
                            .connectTimeout(Duration.ofSeconds(2))
                            .build()) {
                ServiceSettings serviceSettings =
                        new ServiceSettings(settings, installation, data, ports, database.url(), database.setUp());
                try {
                    services.start(apps, serviceSettings, data);
                    services.awaitReady(new Readiness(client, ports));
                    sayReady();
                    stay();
                } finally {
                    // A stop that was asked for while something else failed must not cut the orderly end short.
                    Thread.interrupted();
                    services.stop();
                }
            }
        }
    }

    private Map<Service, App> unpack() throws InterruptedException {
        Map<Service, App> apps = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            apps.put(service, App.unpack(service, installation.jar(service), installation.cache()));
        }
        return apps;
    }

    private Database database(DataFolder data) throws InterruptedException {
        GivenDatabase given = settings.database();
        return given != null
                ? given
                : EmbeddedDatabase.start(data.folder("postgresql"), installation.cache(), out::println);
    }

    private void sayReady() {
        String url = "http://localhost:" + settings.port();
        out.println("Dispatch is ready: " + url);
        out.println("  API docs:  " + url + "/docs");
        out.println("  Next step: the quick start in README.md, or `./dispatch up --demo`. Stop with Ctrl-C.");
    }

    private static void stay() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
