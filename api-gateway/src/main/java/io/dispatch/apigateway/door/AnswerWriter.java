package io.dispatch.apigateway.door;

import io.dispatch.contracts.event.GatheredEmits.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.springframework.stereotype.Component;

/** Writes answers as HTTP/1.1 has them (RFC 9112). Safe for use by many threads. */
@Component
class AnswerWriter {

    private static final int HEAD = 512;

    private final Clock clock;
    private volatile Stamp stamp = new Stamp(Long.MIN_VALUE, "");

    AnswerWriter(Clock clock) {
        this.clock = clock;
    }

    /** The bytes of an answer after which the connection goes on. */
    ByteBuf write(Answer answer, ByteBufAllocator buffers) {
        StringBuilder head = new StringBuilder(HEAD);
        head.append("HTTP/1.1 ").append(answer.status()).append(" \r\n");
        answer.headers().forEach((name, value) -> header(head, name, value));
        header(head, "content-length", Integer.toString(answer.body().length));
        header(head, "date", date());
        head.append("\r\n");
        byte[] bytes = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        return buffers.buffer(bytes.length + answer.body().length)
                .writeBytes(bytes)
                .writeBytes(answer.body());
    }

    private static void header(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    /** As RFC 9110 section 5.6.7 has it, made once a second. */
    private String date() {
        Instant now = clock.instant();
        Stamp latest = stamp;
        if (latest.second() != now.getEpochSecond()) {
            String text = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
            latest = new Stamp(now.getEpochSecond(), text.length() == 28 ? text.replace(", ", ", 0") : text);
            stamp = latest;
        }
        return latest.text();
    }

    private record Stamp(long second, String text) {}
}
