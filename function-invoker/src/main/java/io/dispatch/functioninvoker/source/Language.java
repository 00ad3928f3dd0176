package io.dispatch.functioninvoker.source;

import java.util.Locale;
import java.util.Optional;

/** What functions from source may be written in. */
enum Language {
    /** JavaScript, as CommonJS modules. */
    NODEJS("Node.js", "nodejs", "node", "host.js"),
    /** Python 3. */
    PYTHON("Python", "python", "python3", "host.py");

    private final String title;
    private final String prefix;
    private final String interpreter;
    private final String host;

    Language(String title, String prefix, String interpreter, String host) {
        this.title = title;
        this.prefix = prefix;
        this.interpreter = interpreter;
        this.host = host;
    }

    /**
     * By the name that the original gives a language or an image for it: {@code nodejs}, {@code python3},
     * {@code python3-with-numpy}.
     */
    static Optional<Language> named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (Language language : values()) {
            if (lower.startsWith(language.prefix)) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }

    /** As people write it. */
    String title() {
        return title;
    }

    /** The program that runs it. */
    String interpreter() {
        return interpreter;
    }

    /** The file of the program that takes its functions' calls. */
    String host() {
        return host;
    }
}
