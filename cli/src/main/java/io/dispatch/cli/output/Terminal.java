package io.dispatch.cli.output;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Which standard streams a person looks at, and whether in colour (NO_COLOR, https://no-color.org).
 *
 * @param in standard input is a terminal
 * @param out standard output is one
 * @param err standard error is one
 * @param colours whether the person wants colours
 */
public record Terminal(boolean in, boolean out, boolean err, boolean colours) {

    /** No terminal at all. */
    public static final Terminal NONE = new Terminal(false, false, false, false);

    /**
     * What the script found out, as Java itself cannot tell one stream from another.
     *
     * @param streams of {@code in}, {@code out} and {@code err} those that are a terminal, separated by commas
     */
    public static Terminal of(String streams, Map<String, String> environment) {
        List<String> terminals = Arrays.asList(streams.split(",", -1));
        boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        return new Terminal(terminals.contains("in"), terminals.contains("out"), terminals.contains("err"), colours);
    }

    /** Whether results are shown in colour. */
    public boolean colouredOut() {
        return out && colours;
    }
}
