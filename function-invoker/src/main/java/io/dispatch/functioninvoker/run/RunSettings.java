package io.dispatch.functioninvoker.run;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long runs are kept.
 *
 * @param keep at least so long after they began; whole days, the rest of a day is rounded up
 */
@ConfigurationProperties("dispatch.runs")
record RunSettings(@DefaultValue("7d") Duration keep) {}
