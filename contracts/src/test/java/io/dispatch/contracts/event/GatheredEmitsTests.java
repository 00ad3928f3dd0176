package io.dispatch.contracts.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dispatch.contracts.event.GatheredEmits.Answer;
import io.dispatch.contracts.event.GatheredEmits.Emit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatheredEmitsTests {
    private final List<Emit> emits = List.of(
            new Emit("acme", "acme/ci", Map.of("content-type", "application/json"), "{\"ü\":1}".getBytes(UTF_8)),
            new Emit("other", "driver:1", Map.of(), new byte[0]));

    @Test
    void emitsComeBackAsTheyWereWritten() {
        assertThat(GatheredEmits.decodeEmits(GatheredEmits.encodeEmits(emits)))
                .usingRecursiveComparison()
                .isEqualTo(emits);
    }

    @Test
    void answersComeBackAsTheyWereWritten() {
        List<Answer> answers = List.of(
                new Answer(202, Map.of("dispatch-matched", "2"), new byte[] {0, -1}),
                new Answer(400, Map.of("content-type", "application/json"), new byte[0]));

        assertThat(GatheredEmits.decodeAnswers(GatheredEmits.encodeAnswers(answers)))
                .usingRecursiveComparison()
                .isEqualTo(answers);
    }

    @Test
    void aCutOffBodyIsRefusedAtEveryLength() {
        byte[] whole = GatheredEmits.encodeEmits(emits.subList(0, 1));

        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> GatheredEmits.decodeEmits(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("item 0");
        }
    }

    @Test
    void aLengthThatCannotBeIsRefusedBeforeAnythingIsAllocated() {
        byte[] bytes = {0, 1, 'a', 0, 1, 's', 0, 0, 0x7f, -1, -1, -1};

        assertThatThrownBy(() -> GatheredEmits.decodeEmits(bytes)).isInstanceOf(IllegalArgumentException.class);
    }
}
