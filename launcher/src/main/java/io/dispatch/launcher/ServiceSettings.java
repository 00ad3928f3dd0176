package io.dispatch.launcher;

import io.dispatch.database.ServiceRole;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What each service is told, as environment: nobody else on the machine can read it, unlike arguments. */
record ServiceSettings(
        Settings settings,
        Installation installation,
        DataFolder data,
        Ports ports,
        String databaseUrl,
        Map<ServiceRole, String> passwords) {

    /** Folder that an administrator of this instance puts a bootstrap user into, see {@link FirstAccount}. */
    static final String BOOTSTRAP_FOLDER = "bootstrap";

    Map<String, String> of(Service service) {
        Map<String, String> environment = Jvm.environment();
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put("SERVER_PORT", Integer.toString(ports.of(service)));
        environment.put("SERVER_TOMCAT_BASEDIR", temporaryFolder(service).toString());
        environment.put("SPRING_DATASOURCE_URL", databaseUrl);
        environment.put("SPRING_DATASOURCE_USERNAME", service.role().roleName());
        environment.put("SPRING_DATASOURCE_PASSWORD", Objects.requireNonNull(passwords.get(service.role())));
        environment.put("DISPATCH_LOCAL_MODE", "true");
        environment.put("DISPATCH_VAULT_KEY_FILE", data.path("vault-key.json").toString());
        switch (service) {
            case EVENT_MANAGER -> {}
            case FUNCTION_INVOKER -> {
                environment.put(
                        "DISPATCH_FUNCTIONS_FOLDER", settings.functions().toString());
                environment.put(
                        "DISPATCH_FUNCTIONS_WORK_FOLDER",
                        data.folder("functions").toString());
                environment.put("DISPATCH_OUTBOUND_DENIED_PORTS", allPorts());
            }
            case DRIVER_MANAGER -> {
                environment.put(
                        "DISPATCH_DRIVERS_FOLDER", installation.drivers().toString());
                environment.put(
                        "DISPATCH_DRIVERS_WORK_FOLDER", data.folder("drivers").toString());
                environment.put("DISPATCH_DRIVERS_GATEWAY_URL", ports.url(Service.API_GATEWAY));
            }
            case API_GATEWAY -> {
                environment.put("DISPATCH_GATEWAY_EVENT_MANAGER_URL", ports.url(Service.EVENT_MANAGER));
                environment.put("DISPATCH_GATEWAY_FUNCTION_INVOKER_URL", ports.url(Service.FUNCTION_INVOKER));
                environment.put("DISPATCH_GATEWAY_DRIVER_MANAGER_URL", ports.url(Service.DRIVER_MANAGER));
                environment.put("DISPATCH_GATEWAY_AUTH", Boolean.toString(settings.auth()));
                environment.put("DISPATCH_GATEWAY_STRICT", Boolean.toString(settings.strict()));
                environment.put(
                        "DISPATCH_GATEWAY_BOOTSTRAP_FOLDER",
                        data.folder(BOOTSTRAP_FOLDER).toString());
            }
        }
        return environment;
    }

    /** The same for a start that only trains the JVM, beside the service that runs. */
    Map<String, String> ofTraining(Service service, Path folder) {
        Map<String, String> environment = of(service);
        environment.put("SERVER_PORT", "0");
        environment.put("SERVER_TOMCAT_BASEDIR", folder.toString());
        environment.put("DISPATCH_FUNCTIONS_WORK_FOLDER", folder.toString());
        environment.put("DISPATCH_DRIVERS_WORK_FOLDER", folder.toString());
        return environment;
    }

    /** For what a service and its libraries put into temporary files. */
    Path temporaryFolder(Service service) {
        return data.folder("tmp/" + service.moduleName());
    }

    private String allPorts() {
        return Arrays.stream(Service.values())
                .map(service -> Integer.toString(ports.of(service)))
                .collect(Collectors.joining(","));
    }

    /** Without the passwords. */
    @Override
    public String toString() {
        return "ServiceSettings[%s]".formatted(settings);
    }
}
