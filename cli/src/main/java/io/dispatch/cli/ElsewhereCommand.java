package io.dispatch.cli;

import io.dispatch.cli.output.CommandFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A command that is done in another place, and says in which. */
@Command(sortOptions = false)
final class ElsewhereCommand implements Callable<Integer> {

    private final String place;

    ElsewhereCommand(String place) {
        this.place = place;
    }

    @Override
    public Integer call() {
        throw new CommandFailure(place);
    }
}
