package io.dispatch.cli.resource;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of resources, with the words of the original's command (contract sections 11 and 12). */
public enum Kind {
    SUBSCRIPTION(
            "Subscription",
            "/v1/event/subscriptions",
            "created subscription",
            "Deleted subscription",
            "subscription",
            "subscriptions"),
    DRIVER(
            "Driver",
            "/v1/event/drivers",
            "Created event driver",
            "Deleted drivers",
            "eventdriver",
            "eventdrivers",
            "event-driver",
            "event-drivers"),
    DRIVER_TYPE(
            "DriverType",
            "/v1/event/drivertypes",
            "Created event driver type",
            "Deleted driver types",
            "eventdrivertype",
            "eventdrivertypes",
            "event-driver-type",
            "event-driver-types",
            "eventdriver-type",
            "eventdriver-types"),
    SECRET("Secret", "/v1/secret", "Created secret", "Deleted secret", "secret", "secrets"),
    FUNCTION("Function", "/v1/function", "Created function", "Deleted function", "function", "functions"),
    IMAGE("Image", "/v1/image", "Created image", "Deleted image", "image", "images"),
    BASE_IMAGE(
            "BaseImage",
            "/v1/baseimage",
            "Created base image",
            "Deleted base image",
            "base-image",
            "base-images",
            "baseimage",
            "baseimages"),
    POLICY("Policy", "/v1/iam/policy", "Created policy", "Deleted policy", "policy", "policies"),
    SERVICE_ACCOUNT(
            "ServiceAccount",
            "/v1/iam/serviceaccount",
            "Create service account",
            "Deleted ServiceAccount",
            "serviceaccount",
            "serviceaccounts",
            "service-account",
            "service-accounts"),
    ORGANIZATION(
            "Organization",
            "/v1/iam/organization",
            "Created organization",
            "Deleted Organization",
            "organization",
            "organizations"),
    API("API", "/v1/api", "Created api", "Deleted api", "api", "apis");

    private final String wireName;
    private final String path;
    private final String created;
    private final String deleted;
    /** Separated by spaces; the first is the one that help shows. */
    private final String words;

    Kind(String wireName, String path, String created, String deleted, String... words) {
        this.wireName = wireName;
        this.path = path;
        this.created = created;
        this.deleted = deleted;
        this.words = String.join(" ", words);
    }

    /** The kind that a document or an object names. */
    public static Optional<Kind> ofDocument(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName.equals(wireName))
                .findFirst();
    }

    /** The kind that a word on the command line names. */
    public static Optional<Kind> ofWord(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.words().contains(word))
                .findFirst();
    }

    /** As in {@code kind: Subscription}. */
    public String wireName() {
        return wireName;
    }

    /** Where they all are. */
    public String path() {
        return path;
    }

    /** The word of the command line. */
    public String word() {
        return words().getFirst();
    }

    /** Other words for the same. */
    public String[] aliases() {
        return words().stream().skip(1).toArray(String[]::new);
    }

    /** The sentence after one was made. */
    public String created(String name) {
        return created + ": " + name;
    }

    /** The sentence after one was deleted. */
    public String deleted(String name) {
        return deleted + ": " + name;
    }

    private List<String> words() {
        return List.of(words.split(" ", -1));
    }
}
