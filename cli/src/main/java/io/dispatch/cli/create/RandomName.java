package io.dispatch.cli.create;

import java.util.random.RandomGenerator;

/** Names for what was given none, in the way of the original's command: {@code adjective-animal-NNNNNN}. */
final class RandomName {

    private static final String[] ADJECTIVES = """
            able active apt brave bright busy calm clever cool curious daring eager fair famous fast fine firm frank fresh gentle
            glad golden good grand happy honest humble keen kind lively loyal lucky merry modest neat nimble noble patient polite
            proud quick quiet ready sharp smart sound steady sunny swift tidy warm wise""".split("\\s+", -1);

    private static final String[] ANIMALS = """
            ant badger bat bear beaver bee bison camel cat crab crane deer dolphin dove duck eagle elk falcon ferret finch fox frog
            gecko goat goose hare hawk heron horse ibex jackal jay koala lark lemur lion llama lynx mole moose moth newt otter owl
            panda parrot pony puma quail rabbit raven robin seal shark stork swan tiger toad wolf wren""".split("\\s+", -1);

    private RandomName() {}

    static String next(RandomGenerator random) {
        return "%s-%s-%d"
                .formatted(
                        ADJECTIVES[random.nextInt(ADJECTIVES.length)],
                        ANIMALS[random.nextInt(ANIMALS.length)],
                        random.nextInt(100_000, 1_000_000));
    }
}
