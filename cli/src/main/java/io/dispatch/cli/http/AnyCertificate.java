package io.dispatch.cli.http;

import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/** What {@code --insecure} means: whoever answers is believed to be the server. */
final class AnyCertificate implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        throw new UnsupportedOperationException("this is a client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        // The user wants no check.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
