package io.dispatch.functioninvoker.function;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the programs of functions are.
 *
 * @param folder programs stand in it or below; nothing else is run
 * @param workFolder for logs and what must survive this process; its owner's only
 * @param path folders that the interpreters of functions from source are looked for in, as in {@code $PATH}
 */
@ConfigurationProperties("dispatch.functions")
record FunctionsSettings(
        @DefaultValue("functions") Path folder,
        @DefaultValue(".dispatch/functions") Path workFolder,
        @DefaultValue("/usr/local/bin:/usr/bin:/bin") String path) {}
