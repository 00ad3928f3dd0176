package io.dispatch.cli.http;

import java.nio.file.Path;
import java.time.Clock;

/** By what a caller is known to the server. */
public sealed interface Credentials {

    /** Adds the header that carries it. */
    Header header(Clock clock);

    /** What it is, for people; never the secret itself. */
    String describe();

    /**
     * A header of a request.
     *
     * @param value kept out of every message
     */
    record Header(String name, String value) {}

    /**
     * A bearer token, used as it is.
     *
     * @param token never shown
     */
    record Token(String token) implements Credentials {
        @Override
        public Header header(Clock clock) {
            return new Header("Authorization", "Bearer " + token);
        }

        @Override
        public String describe() {
            return "a token";
        }

        @Override
        public String toString() {
            return describe();
        }
    }

    /**
     * A service account that signs a token for each command.
     *
     * @param issuer {@code organization/account}, or the bootstrap user's name
     * @param key a PEM file of an RSA key
     */
    record Account(String issuer, Path key) implements Credentials {
        @Override
        public Header header(Clock clock) {
            return new Header(
                    "Authorization", "Bearer " + PrivateKeyFile.read(key).token(issuer, clock.instant()));
        }

        @Override
        public String describe() {
            return "service account %s with the key %s".formatted(issuer, key);
        }
    }

    /**
     * What a browser login of the original left.
     *
     * @param cookie {@code unset} where there is none, as some header must be there; never shown
     */
    record Cookie(String cookie) implements Credentials {

        /** No credentials at all. */
        public static final Cookie NONE = new Cookie("unset");

        @Override
        public Header header(Clock clock) {
            return new Header("Cookie", cookie);
        }

        @Override
        public String describe() {
            return equals(NONE) ? "no credentials" : "the cookie of a browser login";
        }

        @Override
        public String toString() {
            return describe();
        }
    }
}
