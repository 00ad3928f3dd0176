package io.dispatch.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The command {@code e2e/chaos}: a trial with all disturbances, or the judge alone on journals of an earlier one. */
final class Chaos {

    private static final String USAGE = """
            e2e/chaos [--events N] [--rate N] [--settle-batch N] [--ordered] [--brief]
            e2e/chaos --judge FOLDER [the same options]
              --events N        as many are accepted at least (default 100000)
              --rate N          events a second (default 500)
              --settle-batch N  dispatch.delivery.settle-batch of function-invoker (default 1000)
              --ordered         a second subscription, with "ordering": "key", is held to the order
              --brief           a kill of event-manager, function-invoker and api-gateway, nothing else
              --judge FOLDER    judges the journals of that folder""";

    private Chaos() {}

    /** Arguments: the checkout, then the options. Exits 1 if the verdict is a failure, 2 if there is none. */
    public static void main(String[] arguments) {
        System.exit(exitCode(arguments));
    }

    private static int exitCode(String... arguments) {
        try {
            return verdict(arguments) ? 0 : 1;
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (IOException e) {
            System.err.println(e); // its message alone may be no more than the name of a file
            return 2;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 2;
        }
    }

    private static boolean verdict(String... arguments) throws IOException, InterruptedException {
        Path root = Path.of(arguments[0]).toAbsolutePath().normalize();
        Path judged = null;
        int events = 100_000;
        int perSecond = 500;
        int settleBatch = Plan.SETTLE_BATCH;
        boolean everything = true;
        boolean ordered = false;
        for (int i = 1; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--events" -> events = number(arguments, ++i);
                case "--rate" -> perSecond = number(arguments, ++i);
                case "--settle-batch" -> settleBatch = number(arguments, ++i);
                case "--ordered" -> ordered = true;
                case "--brief" -> everything = false;
                case "--judge" -> judged = Path.of(argument(arguments, ++i));
                default -> throw new IllegalArgumentException(USAGE);
            }
        }
        Plan plan = new Plan(events, perSecond, everything, ordered, settleBatch);
        Verdict verdict = judged == null ? tried(plan, root) : Judge.judge(Journal.read(judged), plan.rules());
        System.out.println(verdict.report());
        return verdict.isPassed();
    }

    private static Verdict tried(Plan plan, Path root) throws IOException, InterruptedException {
        Path trials =
                Files.createDirectories(root.resolve("e2e").resolve("target").resolve("chaos"));
        Path folder = Files.createTempDirectory(trials, "trial-");
        return new Trial(plan, root, folder, System.out::println).run();
    }

    private static int number(String[] arguments, int index) {
        String text = argument(arguments, index);
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(
                    "%s wants a number from 1 on, not %s".formatted(arguments[index - 1], text));
        }
        return Integer.parseInt(text);
    }

    private static String argument(String[] arguments, int index) {
        if (index == arguments.length) {
            throw new IllegalArgumentException("%s wants a value".formatted(arguments[index - 1]));
        }
        return arguments[index];
    }
}
