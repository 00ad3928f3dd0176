package io.dispatch.apigateway.iam;

import java.util.UUID;

/** Who is calling, once it is proven. */
public sealed interface Identity {

    /** How services and logs name the caller. */
    String subject();

    /**
     * A service account, by a token it signed.
     *
     * @param organization to which it belongs
     * @param name its name there
     */
    record Account(String organization, String name) implements Identity {
        @Override
        public String subject() {
            return organization + "/" + name;
        }
    }

    /**
     * The user whose key stands in the settings, so that the first account can be made.
     *
     * @param name as the settings have it
     */
    record BootstrapUser(String name) implements Identity {
        @Override
        public String subject() {
            return name;
        }
    }

    /**
     * A driver, by its token.
     *
     * @param id of the driver
     * @param organization to which it belongs
     * @param name its name there
     */
    record Driver(UUID id, String organization, String name) implements Identity {
        @Override
        public String subject() {
            return "driver:" + id;
        }
    }

    /** Whoever sits at this machine, in local mode. */
    record LocalUser() implements Identity {
        @Override
        public String subject() {
            return "local";
        }
    }
}
