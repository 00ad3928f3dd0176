package io.dispatch.eventmanager.subscription;

import java.util.List;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/** Names for what was sent without one, in the way of the original's client: {@code adjective-animal-NNNNNN}. */
@Component
final class MadeUpName {
    private static final List<String> ADJECTIVES = List.of(
            "able",
            "active",
            "amused",
            "apt",
            "awake",
            "brave",
            "bright",
            "busy",
            "calm",
            "careful",
            "cheerful",
            "clever",
            "cool",
            "curious",
            "daring",
            "eager",
            "easy",
            "fair",
            "famous",
            "fast",
            "fine",
            "firm",
            "fond",
            "frank",
            "free",
            "fresh",
            "gentle",
            "glad",
            "golden",
            "good",
            "grand",
            "happy",
            "honest",
            "humble",
            "ideal",
            "keen",
            "kind",
            "lively",
            "loyal",
            "lucky",
            "merry",
            "modest",
            "neat",
            "nimble",
            "noble",
            "patient",
            "polite",
            "proud",
            "quick",
            "quiet",
            "ready",
            "sharp",
            "smart",
            "sound",
            "steady",
            "sunny",
            "swift",
            "tidy",
            "warm",
            "wise");
    private static final List<String> ANIMALS = List.of(
            "ant", "badger", "bat", "bear", "beaver", "bee", "bison", "camel", "cat", "crab", "crane", "deer",
            "dolphin", "dove", "duck", "eagle", "elk", "falcon", "ferret", "finch", "fox", "frog", "gecko", "goat",
            "goose", "hare", "hawk", "heron", "horse", "ibex", "jackal", "jay", "koala", "lark", "lemur", "lion",
            "llama", "lynx", "mole", "moose", "moth", "newt", "otter", "owl", "panda", "parrot", "pony", "puma",
            "quail", "rabbit", "raven", "robin", "seal", "shark", "stork", "swan", "tiger", "toad", "wolf", "wren");

    private final RandomGenerator random;

    MadeUpName(RandomGenerator random) {
        this.random = random;
    }

    String next() {
        return ADJECTIVES.get(random.nextInt(ADJECTIVES.size()))
                + "-"
                + ANIMALS.get(random.nextInt(ANIMALS.size()))
                + "-"
                + random.nextInt(100_000, 1_000_000);
    }
}
