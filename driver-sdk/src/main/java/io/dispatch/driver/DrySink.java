package io.dispatch.driver;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes everything and sends nothing: {@code --dry-run}. */
final class DrySink implements Sink {

    private static final Logger LOG = LoggerFactory.getLogger(DrySink.class);

    @Override
    public SinkAnswer deliver(CloudEvent event) {
        CloudEventData data = event.getData();
        LOG.info(
                "would send event={} type={} source={} data={}",
                event.getId(),
                event.getType(),
                event.getSource(),
                data == null ? "" : new String(data.toBytes(), StandardCharsets.UTF_8));
        return new SinkAnswer.Accepted();
    }
}
