package io.dispatch.apigateway.forward;

import io.dispatch.http.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The body of a request on its way through. A small one is read whole before a service hears of it, so that a slow sender
 * holds no connection but its own; a larger one is passed on as it comes, and counted.
 *
 * @param start the first bytes, or all of them; not to be written to
 * @param rest what follows them, or null if nothing does
 * @param length of the whole in bytes, or -1 if the sender did not say
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way through, never compared
record RequestBody(byte[] start, @Nullable InputStream rest, long length) {

    private static final int SMALL = 64 * 1024;

    /**
     * Reads the start of a body.
     *
     * @throws ApiException 413 if it is larger than allowed; 400 if it ends before it should
     */
    static RequestBody of(HttpServletRequest request, long maxBytes) {
        long declared = request.getContentLengthLong();
        if (declared > maxBytes) {
            throw tooLarge(maxBytes);
        }
        if (declared == 0) {
            return new RequestBody(new byte[0], null, 0);
        }
        try {
            InputStream body = new Counted(request.getInputStream(), maxBytes);
            byte[] start = body.readNBytes(SMALL);
            boolean whole = start.length < SMALL || start.length == declared;
            return whole ? new RequestBody(start, null, start.length) : new RequestBody(start, body, declared);
        } catch (SenderFailure e) {
            throw e.asApiException();
        } catch (IOException e) {
            throw new IllegalStateException("only the sender's side is read here", e);
        }
    }

    /** Whether all of it is here. */
    boolean isWhole() {
        return rest == null;
    }

    /** What is sent to the service; null for no body. */
    @Nullable
    HttpEntity entity() {
        if (rest != null) {
            return new InputStreamEntity(new SequenceInputStream(new ByteArrayInputStream(start), rest), length, null);
        }
        return start.length == 0 ? null : new ByteArrayEntity(start, null);
    }

    private static ApiException tooLarge(long maxBytes) {
        return ApiException.of(
                HttpStatus.CONTENT_TOO_LARGE, "the body should be at most %d bytes long".formatted(maxBytes));
    }

    /** What went wrong on the sender's side while its body was passed on, as against the service's. */
    static final class SenderFailure extends IOException {

        private static final long serialVersionUID = 1L;

        private final transient ApiException answer;

        SenderFailure(ApiException answer, @Nullable Throwable cause) {
            super(answer.getMessage(), cause);
            this.answer = answer;
        }

        ApiException asApiException() {
            return answer;
        }
    }

    private static final class Counted extends FilterInputStream {

        private final long maxBytes;
        private long left;

        Counted(InputStream body, long maxBytes) {
            super(body);
            this.maxBytes = maxBytes;
            this.left = maxBytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read;
            try {
                read = in.read(bytes, offset, length);
            } catch (IOException e) {
                throw new SenderFailure(ApiException.badRequest("the body could not be read to its end"), e);
            }
            left -= Math.max(0, read);
            if (left < 0) {
                throw new SenderFailure(tooLarge(maxBytes), null);
            }
            return read;
        }
    }
}
