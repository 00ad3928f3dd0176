package io.dispatch.apigateway.forward;

import io.dispatch.apigateway.route.Owner;
import io.dispatch.apigateway.token.ServiceTokens;
import io.dispatch.contracts.event.GatheredEmits;
import io.dispatch.contracts.event.GatheredEmits.Answer;
import io.dispatch.contracts.event.GatheredEmits.Emit;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import io.dispatch.http.Scope;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Sends emits to event-manager, as many in one request as have come in while the ones before were on their way: one at a time
 * when it is quiet, tens when it is not, and nobody waits for a timer (decision 0010). Safe for use by many threads.
 */
@Component
class EmitGatherer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmitGatherer.class);

    private static final Caller GATEWAY = new Caller("", "gateway", new Scope(Set.of("event:create")));
    private static final ContentType FRAMED = ContentType.create(GatheredEmits.MEDIA_TYPE);
    private static final String PATH = "/internal/emits";
    private static final int SENDERS = 2;
    private static final int MAX_GATHERED = 64;
    private static final int MAX_WAITING = 4096;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** How long an emit may wait for a sender; longer than a commit takes, shorter than a caller waits. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final Duration LOOK_FOR_LATE = Duration.ofMillis(100);

    private final ServiceClient client;
    private final ServiceTokens tokens;
    private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final List<Thread> threads = new ArrayList<>();

    EmitGatherer(ServiceClient client, ServiceTokens tokens, MeterRegistry meters) {
        this.client = client;
        this.tokens = tokens;
        Gauge.builder("dispatch.gateway.emits.waiting", waiting, BlockingQueue::size)
                .description("Emits that wait for one of the senders")
                .register(meters);
        for (int number = 1; number <= SENDERS; number++) {
            threads.add(Thread.ofVirtual().name("emits-" + number).unstarted(this::send));
        }
        threads.add(Thread.ofVirtual().name("emits-late").unstarted(this::giveBackLate));
        threads.forEach(Thread::start);
    }

    /**
     * Has one emit sent.
     *
     * @return its answer, given by the thread that sent it, which must not be held up; or an {@link ApiException}: 503 if it
     *     was not sent, 502 if it is not known what became of it
     */
    CompletableFuture<Answer> emit(Emit emit) {
        Waiting one = new Waiting(emit, System.nanoTime(), new CompletableFuture<>());
        return waiting.offer(one) ? one.answer() : CompletableFuture.failedFuture(busy());
    }

    /**
     * Takes back what no sender has taken in time; what was sent is answered when the service's time is up. One thread looks
     * after all, as a timer for each emit would be a tenth of what the gateway does.
     */
    private void giveBackLate() {
        while (!Thread.currentThread().isInterrupted()) {
            Waiting first = waiting.peek();
            if (first != null && System.nanoTime() - first.since() > LONGEST_WAIT.toNanos()) {
                if (waiting.remove(first)) {
                    first.answer().completeExceptionally(busy());
                }
            } else {
                LockSupport.parkNanos(LOOK_FOR_LATE.toNanos());
            }
        }
    }

    private static ApiException busy() {
        return ApiException.unavailable("event-manager is busy, try again", RETRY_AFTER);
    }

    private static ApiException stopping() {
        return ApiException.unavailable("the gateway is stopping", RETRY_AFTER);
    }

    private void send() {
        List<Waiting> gathered = new ArrayList<>(MAX_GATHERED);
        while (!Thread.currentThread().isInterrupted()) {
            try {
                gathered.clear();
                gathered.add(waiting.take());
                waiting.drainTo(gathered, MAX_GATHERED - 1);
                answer(gathered);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        refuse(waiting.stream().toList(), stopping());
    }

    /** Every one of them gets an answer, whatever happens. */
    private void answer(List<Waiting> gathered) {
        try {
            List<Answer> answers = send(gathered);
            for (int i = 0; i < gathered.size(); i++) {
                gathered.get(i).answer().complete(answers.get(i));
            }
        } catch (IOException e) {
            refuse(gathered, UpstreamFailure.asApiException(Owner.EVENT_MANAGER, e));
        } catch (ApiException e) {
            refuse(gathered, e);
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("gathered emits failed inside");
            refuse(gathered, outcomeUnknown("the gateway failed"));
        }
    }

    private List<Answer> send(List<Waiting> gathered) throws IOException {
        byte[] body =
                GatheredEmits.encodeEmits(gathered.stream().map(Waiting::emit).toList());
        BasicClassicHttpRequest request = client.request("POST", Owner.EVENT_MANAGER, PATH);
        request.setHeader(HttpHeaders.AUTHORIZATION, tokens.bearer(GATEWAY, Owner.EVENT_MANAGER.service()));
        request.setEntity(new ByteArrayEntity(body, FRAMED));
        try (ClassicHttpResponse response = client.send(Owner.EVENT_MANAGER, request, ServiceClient.PATIENCE)) {
            byte[] answer = EntityUtils.toByteArray(response.getEntity());
            if (response.getCode() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
                throw ApiException.unavailable("event-manager cannot take events right now, try again", RETRY_AFTER);
            }
            if (response.getCode() != HttpStatus.OK.value()) {
                throw outcomeUnknown("event-manager answered %d to gathered emits".formatted(response.getCode()));
            }
            List<Answer> answers = GatheredEmits.decodeAnswers(answer);
            if (answers.size() != gathered.size()) {
                throw outcomeUnknown(
                        "event-manager gave %d answers to %d emits".formatted(answers.size(), gathered.size()));
            }
            return answers;
        }
    }

    private static ApiException outcomeUnknown(String what) {
        return ApiException.of(HttpStatus.BAD_GATEWAY, what + ": the event may have been accepted");
    }

    private static void refuse(List<Waiting> gathered, ApiException refusal) {
        gathered.forEach(one -> one.answer().completeExceptionally(refusal));
    }

    /** Called when no request is under way any more. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }

    /** @param since when it began to wait, by {@link System#nanoTime} */
    private record Waiting(Emit emit, long since, CompletableFuture<Answer> answer) {}
}
