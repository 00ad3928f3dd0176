package io.dispatch.cli.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why there was no answer, in one line with what to do. */
public final class Unreachable {

    private Unreachable() {}

    /** The line for a request that had no answer. */
    public static String sentence(Server server, IOException e) {
        String advice =
                "start one with `dispatch up`, or name another with --host and --port (`dispatch doctor` tells why this one)";
        if (e instanceof UnknownHostException) {
            return "There is no host %s: check --host, or the context (`dispatch context`)."
                    .formatted(server.url().getHost());
        }
        if (e instanceof SSLException) {
            return certificate(server, e);
        }
        if (e instanceof SocketTimeoutException) {
            return "No Dispatch answers at %s in time: %s.".formatted(server.url(), advice);
        }
        if (e instanceof ConnectException) {
            return "No Dispatch answers at %s (connection refused): %s.".formatted(server.url(), advice);
        }
        return "The connection to %s broke (%s): use --scheme https if it has TLS; else %s."
                .formatted(server.url(), e.getMessage(), advice);
    }

    private static String certificate(Server server, IOException e) {
        if (cause(e, CertificateException.class) != null) {
            return "The certificate of %s is not trusted (%s): name who signed it with --certificate-authority, or check --host."
                    .formatted(server.url(), lastMessage(e));
        }
        return "The server at %s does not speak TLS as expected (%s): use --scheme http if it has none."
                .formatted(server.url(), e.getMessage());
    }

    private static @Nullable Throwable cause(Throwable e, Class<? extends Throwable> type) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return each;
            }
        }
        return null;
    }

    private static String lastMessage(Throwable e) {
        Throwable last = e;
        for (Throwable each = e; each != null; each = each.getCause()) {
            last = each;
        }
        return String.valueOf(last.getMessage());
    }
}
