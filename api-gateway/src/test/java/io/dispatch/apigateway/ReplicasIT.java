package io.dispatch.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two replicas of a service behind one gateway: while one of them is there, callers need not know that the other is not. */
class ReplicasIT {

    private static final HttpHandler DIES = exchange -> {
        throw new IOException("dies");
    };

    private final Upstream second = new Upstream();
    // What is set twice is a list.
    private final RunningGateway gateway = RunningGateway.start(
            "--dispatch.local-mode=true",
            "--dispatch.gateway.event-manager-url=" + second.url(),
            "--dispatch.gateway.function-invoker-url=" + second.url());

    @AfterEach
    void stop() {
        gateway.close();
        second.close();
    }

    @Test
    void whatOneCannotBeSentTheOtherGets() throws Exception {
        second.onEmits(_ -> {});
        gateway.upstream().stop();

        assertThat(gateway.post("/v1/event", "{}").statusCode()).isEqualTo(202);

        assertThat(second.gathered()).containsExactly(1);
        second.stop();
        await("an answer that nobody is there")
                .until(() -> gateway.post("/v1/event", "{}").statusCode() == 503);
        gateway.upstream().startAgain();
        assertThat(gateway.post("/v1/event", "{}").statusCode()).isEqualTo(202);
    }

    @Test
    void whatOneMayHaveDoneTheOtherIsNotSent() throws Exception {
        gateway.upstream().answers(DIES);
        second.answers(null);

        assertThat(gateway.post("/v1/event/subscriptions", "{}").statusCode()).isEqualTo(502);

        assertThat(second.received()).isEmpty();
        assertThat(gateway.post("/v1/event/subscriptions", "{}").statusCode()).isEqualTo(200);
        assertThat(gateway.upstream().received()).hasSize(1);
        assertThat(second.received()).hasSize(1);
    }

    @Test
    void aQuestionIsPutToTheOther() throws Exception {
        gateway.upstream().answers(DIES);
        second.answers(null);

        assertThat(gateway.get("/v1/runs").statusCode()).isEqualTo(200);

        assertThat(gateway.upstream().received()).hasSize(1);
        assertThat(second.received()).hasSize(1);
    }
}
