package io.dispatch.launcher;

import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
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
                AppCache appCache = new AppCache(installation.cache());
                Services services = Services.open(data.folder("processes"), out::println)) {
            Ports ports = Ports.pick(settings.port());
            Map<Service, App> apps = unpack(List.of(Service.values()), appCache);
            try (Database database = database(data)) {
                ServiceSettings serviceSettings = serviceSettings(data, ports, database);
                new AotCaches(serviceSettings, data, out::println).make(apps);
                try {
                    services.start(apps, serviceSettings, data);
                    serve(services, serviceSettings.ports(), data);
                } finally {
                    // A stop that was asked for while something else failed must not cut the orderly end short.
                    Thread.interrupted();
                    services.stop();
                }
            }
        }
    }

    /**
     * Does what the first start would have to do before its services, and stops; what is not built is left out.
     *
     * @return whether all was done
     * @throws LaunchException if there is no database
     */
    boolean prepare() throws InterruptedException {
        try (DataFolder data = DataFolder.open(settings.data());
                AppCache appCache = new AppCache(installation.cache())) {
            List<Service> built = Arrays.stream(Service.values())
                    .filter(service -> Files.exists(installation.jarPath(service)))
                    .toList();
            Map<Service, App> apps = unpack(built, appCache);
            try (Database database = database(data)) {
                ServiceSettings serviceSettings = serviceSettings(data, Ports.pick(settings.port()), database);
                return new AotCaches(serviceSettings, data, out::println).make(apps);
            }
        }
    }

    private ServiceSettings serviceSettings(DataFolder data, Ports ports, Database database)
            throws InterruptedException {
        return new ServiceSettings(settings, installation, data, ports, database.url(), database.setUp());
    }

    private void serve(Services services, Ports ports, DataFolder data) throws InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            services.awaitReady(new Readiness(client, ports));
            GatewayClient gateway = gateway(client, ports, data);
            Path key = settings.auth() ? accountKey() : null;
            try (ReadyRecord _ = ReadyRecord.write(installation.readyRecord(), publicUrl(), key)) {
                sayReady(gateway);
                stay(gateway);
            }
        }
    }

    private Map<Service, App> unpack(List<Service> services, AppCache appCache) throws InterruptedException {
        Map<Service, App> apps = new EnumMap<>(Service.class);
        for (Service service : services) {
            apps.put(service, appCache.unpack(service, installation.jar(service)));
        }
        return apps;
    }

    private Database database(DataFolder data) throws InterruptedException {
        GivenDatabase given = settings.database();
        return given != null
                ? given
                : EmbeddedDatabase.start(data.folder("postgresql"), installation.cache(), out::println);
    }

    /** The API as the user will call it: with a token of the first account where one is needed. */
    private GatewayClient gateway(HttpClient client, Ports ports, DataFolder data) throws InterruptedException {
        GatewayClient open = new GatewayClient(client, ports.url(Service.API_GATEWAY), null);
        if (!settings.auth()) {
            return open;
        }
        Path keyFile = accountKey();
        Path bootstrapFolder = data.folder(ServiceSettings.BOOTSTRAP_FOLDER);
        return open.as(new FirstAccount(open, keyFile, bootstrapFolder, Clock.systemUTC()).token());
    }

    private Path accountKey() {
        return settings.data().resolve("account-key.pem");
    }

    private String publicUrl() {
        return "http://localhost:" + settings.port();
    }

    private void sayReady(GatewayClient gateway) {
        String url = publicUrl();
        List<String> lines = new ArrayList<>();
        lines.add("Dispatch is ready: " + url);
        lines.add("  API docs:  " + url + "/docs");
        gateway.token().ifPresent(token -> {
            lines.add("  Account:   %s/%s, its key is %s; a token for %d hours:"
                    .formatted(
                            GatewayClient.ORGANIZATION,
                            FirstAccount.NAME,
                            accountKey(),
                            AccountKey.LIFETIME.toHours()));
            lines.add("  curl -H 'Authorization: Bearer %s' %s/v1/event/subscriptions".formatted(token, url));
        });
        if (!settings.demo()) {
            lines.add("  Next step: the quick start in README.md, or start with --demo to see it done. Ctrl-C stops.");
        }
        out.println(String.join(System.lineSeparator(), lines));
    }

    private void stay(GatewayClient gateway) throws InterruptedException {
        if (settings.demo()) {
            Demo demo = new Demo(gateway, out);
            demo.create();
            demo.showRuns();
        }
        new CountDownLatch(1).await();
    }
}
