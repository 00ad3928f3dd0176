package io.dispatch.cli;

import io.dispatch.cli.output.CommandFailure;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** A command that is done in another place, and says in which. */
@Command(sortOptions = false)
final class ElsewhereCommand implements Callable<Integer> {

    private final String place;

    @Unmatched
    private List<String> ignored = List.of();

    @Parameters(hidden = true)
    private List<String> arguments = List.of();

    ElsewhereCommand(String place) {
        this.place = place;
    }

    @Override
    public Integer call() {
        throw new CommandFailure(place);
    }
}
