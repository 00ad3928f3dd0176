package io.dispatch.driver;

import io.cloudevents.CloudEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of a running driver: counters, and whether its sink and its upstream answer. A change for the worse or the better
 * is logged once, not each attempt. Thread-safe.
 */
public final class DriverStatus {

    private static final Logger LOG = LoggerFactory.getLogger(DriverStatus.class);
    private static final String SINK = "sink";
    private static final String UPSTREAM = "upstream";
    private static final String CHECKPOINTS = "checkpoints";

    private final DriverIdentity identity;
    private final boolean debug;
    private final Clock clock;
    private final Map<String, String> troubles = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> failed = new ConcurrentHashMap<>();
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final AtomicInteger inflight = new AtomicInteger();
    private volatile Duration lag = Duration.ZERO;
    private volatile @Nullable Instant checkpointed;

    DriverStatus(DriverIdentity identity, boolean debug, Clock clock) {
        this.identity = identity;
        this.debug = debug;
        this.clock = clock;
    }

    /** The options are understood; from here on the driver reads. */
    public void started() {
        LOG.info("driver started organization={} driver={}", identity.organization(), identity.name());
    }

    void stopped() {
        LOG.info("driver stopped organization={} driver={}", identity.organization(), identity.name());
    }

    /** The driver has its upstream. */
    public void connected() {
        better(UPSTREAM);
    }

    /** The driver has lost its upstream and tries to get it back. */
    public void disconnected(String reason) {
        worse(UPSTREAM, reason);
    }

    /** Why the driver is not ready, or nothing when it is. */
    Optional<String> trouble() {
        return new TreeMap<>(troubles).values().stream().findFirst();
    }

    void received(int events) {
        received.add(events);
    }

    void sending(int change) {
        inflight.addAndGet(change);
    }

    void sent(CloudEvent event) {
        better(SINK);
        sent.increment();
        OffsetDateTime time = event.getTime();
        if (time != null) {
            lag = Duration.between(time.toInstant(), clock.instant());
        }
        if (debug) {
            LOG.info("sent {}", keys(event));
        }
    }

    void retrying(CloudEvent event, SinkAnswer.TryAgain answer) {
        worse(SINK, answer.reason());
        retries.increment();
        if (debug) {
            LOG.info("not taken yet {} reason=\"{}\"", keys(event), answer.reason());
        }
    }

    void refused(CloudEvent event, SinkAnswer.Refused answer) {
        failed.computeIfAbsent(Integer.toString(answer.status()), status -> new LongAdder())
                .increment();
        LOG.error("dead letter {} reason=\"{}\"", keys(event), answer.reason());
    }

    void checkpointed() {
        checkpointed = clock.instant();
        better(CHECKPOINTS);
    }

    void notCheckpointed(String reason) {
        worse(CHECKPOINTS, reason);
    }

    /** The Prometheus text format, version 0.0.4. */
    String metrics() {
        StringBuilder text = new StringBuilder();
        metric(text, "events_received_total", "counter", "Events read from upstream.", received.sum());
        metric(text, "events_sent_total", "counter", "Events the sink acknowledged.", sent.sum());
        heading(text, "events_failed_total", "counter", "Events the sink refused for good, by HTTP status.");
        new TreeMap<>(failed)
                .forEach((status, count) -> text.append(
                        "dispatch_driver_events_failed_total{reason=\"%s\"} %d\n".formatted(status, count.sum())));
        metric(text, "retries_total", "counter", "Attempts that are made again.", retries.sum());
        metric(text, "inflight", "gauge", "Events under way to the sink.", inflight.get());
        metric(
                text,
                "lag_seconds",
                "gauge",
                "Age of the last event when it was acknowledged.",
                lag.toMillis() / 1000.0);
        metric(
                text,
                "upstream_connected",
                "gauge",
                "1 while upstream answers.",
                troubles.containsKey(UPSTREAM) ? 0 : 1);
        Instant last = checkpointed;
        if (last != null) {
            double age = Duration.between(last, clock.instant()).toMillis() / 1000.0;
            metric(text, "checkpoint_age_seconds", "gauge", "Time since progress was last saved.", age);
        }
        return text.toString();
    }

    private void worse(String part, String reason) {
        if (troubles.put(part, reason) == null) {
            LOG.warn("{} down driver={} reason=\"{}\"", part, identity.name(), reason);
        }
    }

    private void better(String part) {
        if (troubles.remove(part) != null) {
            LOG.info("{} up driver={}", part, identity.name());
        }
    }

    private String keys(CloudEvent event) {
        return "organization=%s driver=%s event=%s type=%s"
                .formatted(identity.organization(), identity.name(), event.getId(), event.getType());
    }

    private static void metric(StringBuilder text, String name, String type, String help, Number value) {
        heading(text, name, type, help);
        text.append("dispatch_driver_").append(name).append(' ').append(value).append('\n');
    }

    private static void heading(StringBuilder text, String name, String type, String help) {
        text.append("# HELP dispatch_driver_%s %s\n# TYPE dispatch_driver_%s %s\n".formatted(name, help, name, type));
    }
}
