package io.dispatch.functioninvoker.outbound;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where functions may stand.
 *
 * @param allowedRanges private address ranges, in CIDR notation, that functions may be called in; none by default
 * @param deniedPorts ports of this machine that no function may be called at: our own services'
 * @param maxConnections open connections to functions in all, at least 1
 * @param maxAnswer the most of an answer that is read, at least 1 byte
 */
@ConfigurationProperties("dispatch.outbound")
record OutboundSettings(
        @DefaultValue List<String> allowedRanges,
        @DefaultValue({"8080", "8081", "8082", "8083"}) List<Integer> deniedPorts,
        @DefaultValue("1024") int maxConnections,
        @DefaultValue("1MB") DataSize maxAnswer) {}
