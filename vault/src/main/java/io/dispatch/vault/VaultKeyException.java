package io.dispatch.vault;

/** The key of the vault cannot be used; the message tells the operator which setting to mend and never holds the key. */
final class VaultKeyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    VaultKeyException(String message) {
        super(message);
    }

    VaultKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
