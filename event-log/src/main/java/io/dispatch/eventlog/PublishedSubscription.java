package io.dispatch.eventlog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event can be owed to, as event-manager publishes it.
 *
 * @param id never reused and never shown to users; a re-created name has another
 * @param organization whose subscription it is
 * @param name unique among the organization's subscriptions of kind {@value #USER} that are not deleted
 * @param version +1 with each change of it, from 1
 * @param kind {@value #USER}, or {@value #REPLAY} for a hidden one, which has the name of what it is for
 * @param eventType the type of the events it wants, {@code *} standing for any run of characters
 * @param filters which of these events it wants, as the text of a JSON array of filter expressions, or null for all
 * @param function name of the function that runs; it may not exist
 * @param secrets names of the secrets the function gets with each run
 * @param delivery delivery settings as a JSON object, or null for the defaults
 * @param state what is to happen with its events
 */
public record PublishedSubscription(
        long id,
        String organization,
        String name,
        long version,
        String kind,
        String eventType,
        @Nullable String filters,
        String function,
        List<String> secrets,
        @Nullable String delivery,
        State state) {

    /** The kind of those that users make. */
    public static final String USER = "user";

    /** The kind of hidden ones, which are matched against nothing and get what a replay appends. */
    public static final String REPLAY = "replay";

    public PublishedSubscription {
        secrets = List.copyOf(secrets);
    }

    /** Life of a subscription; rows of deleted ones stay, so that what was owed to them can end with that reason. */
    public enum State {
        /** Gets events, and they are delivered. */
        ACTIVE,
        /** Gets events, and they wait. */
        PAUSED,
        /** Gets no more events, and what is pending ends as dead. */
        DELETED
    }
}
