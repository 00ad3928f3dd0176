package io.dispatch.cli.http;

import io.dispatch.cli.output.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates are believed: those of the JDK's authorities, of one file's only, or any. The same sockets are made for
 * each request, as only then a connection is used again.
 */
final class Trust {

    private final Server server;
    private @Nullable SSLSocketFactory sockets;

    Trust(Server server) {
        this.server = server;
    }

    /**
     * Makes a connection believe whom its user believes.
     *
     * @throws CommandFailure if the file of the authorities is none
     */
    void applyTo(HttpsURLConnection connection) {
        SSLSocketFactory known = sockets;
        if (known == null) {
            known = newSockets();
            sockets = known;
        }
        connection.setSSLSocketFactory(known);
        if (server.insecure()) {
            connection.setHostnameVerifier((_, _) -> true);
        }
    }

    private SSLSocketFactory newSockets() {
        Path authority = server.certificateAuthority();
        try {
            if (server.insecure()) {
                return sockets(new AnyCertificate());
            }
            return authority == null
                    ? HttpsURLConnection.getDefaultSSLSocketFactory()
                    : sockets(onlyThoseOf(authority));
        } catch (NoSuchFileException e) {
            throw new CommandFailure(
                    "The certificate authority %s is not there: correct --certificate-authority.".formatted(authority),
                    e);
        } catch (IOException | GeneralSecurityException e) {
            throw new CommandFailure(
                    "The certificate authority %s is no PEM file of certificates: name another with --certificate-authority."
                            .formatted(authority),
                    e);
        }
    }

    private static TrustManager[] onlyThoseOf(Path file) throws IOException, GeneralSecurityException {
        KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
        authorities.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                authorities.setCertificateEntry(Integer.toString(authorities.size()), each);
            }
        }
        if (authorities.size() == 0) {
            throw new CertificateException("there is none in it");
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(authorities);
        return managers.getTrustManagers();
    }

    private static SSLSocketFactory sockets(TrustManager... managers) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers, null);
        return context.getSocketFactory();
    }
}
