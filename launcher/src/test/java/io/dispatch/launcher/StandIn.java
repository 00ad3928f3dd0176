package io.dispatch.launcher;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A service that is healthy and nothing else; its jar stands where the real one's would. It enters the database as its
 * role before it listens, as a real one does, and fails to start where its folder holds a file {@code refuse-to-start}.
 */
final class StandIn {

    private StandIn() {}

    public static void main(String[] args) throws IOException, SQLException {
        if (System.getProperty("spring.context.exit") != null) {
            return;
        }
        if (Files.exists(Path.of("refuse-to-start"))) {
            System.out.println("The stand-in was told not to start.");
            System.exit(3);
        }
        DriverManager.getConnection(
                        System.getenv("SPRING_DATASOURCE_URL"),
                        System.getenv("SPRING_DATASOURCE_USERNAME"),
                        System.getenv("SPRING_DATASOURCE_PASSWORD"))
                .close();
        int port = Integer.parseInt(System.getenv("SERVER_PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    /** Makes the four jars below a folder, as the build would. */
    static void install(Path root) throws IOException {
        for (Service service : Service.values()) {
            install(root, service, "any");
        }
    }

    /** Makes one jar of which a part is this text. */
    static Path install(Path root, Service service, String text) throws IOException {
        String classFile = StandIn.class.getName().replace('.', '/') + ".class";
        Path jar = root.resolve(service.moduleName()).resolve("target").resolve(service.moduleName() + "-app.jar");
        Files.createDirectories(jar.getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest());
                InputStream in = StandIn.class.getClassLoader().getResourceAsStream(classFile)) {
            out.putNextEntry(new JarEntry(classFile));
            in.transferTo(out);
            out.putNextEntry(new JarEntry("text"));
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private static Manifest manifest() {
        String driver = org.postgresql.Driver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandIn.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, driver);
        return manifest;
    }
}
