package io.dispatch.eventmanager.event;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.cloudevents.spring.mvc.CloudEventHttpMessageConverter;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.MockHttpInputMessage;

/** When this fails, cloudevents-spring works under our Spring Framework again: reconsider {@link EmissionArgument}. */
class SdkConverterTests {

    @Test
    void theSdksOwnConverterStillFailsUnderThisFramework() {
        MockHttpInputMessage request = new MockHttpInputMessage(new byte[0]);
        request.getHeaders().add("ce-specversion", "1.0");
        request.getHeaders().add("ce-id", "1");
        request.getHeaders().add("ce-source", "/s");
        request.getHeaders().add("ce-type", "t");

        assertThatThrownBy(() -> new CloudEventHttpMessageConverter().read(CloudEvent.class, request))
                .isInstanceOf(IncompatibleClassChangeError.class);
    }
}
