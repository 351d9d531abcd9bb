package app.kulti.recording.infra.local.hms.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/** Sends what was sent before once more, so many a second; each request is a workflow that can be asked after. */
public final class Replays {
    private static final Logger log = LoggerFactory.getLogger(Replays.class);
    private static final int MOST = 1_000;

    private final Webhooks webhooks;
    private final DeliveryLog deliveries;
    private final Duration pause;
    private final Clock clock;
    private final Map<String, Workflow> workflows = new LinkedHashMap<>();

    /** @param pause between two webhooks of one replay */
    public Replays(Webhooks webhooks, DeliveryLog deliveries, Duration pause, Clock clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.pause = pause;
        this.clock = clock;
    }

    /** What is asked for; equal requests are one workflow while it runs. */
    public record Request(HistoryFilter filter, int limit, int offset) {}

    /**
     * How a request stands.
     *
     * @param endedAt null while it runs
     * @param failed  ids of the events that nobody took
     */
    public record Workflow(String id, Request request, Instant startedAt, @Nullable Instant endedAt, int total,
            int completed, List<String> failed) {
        private Workflow sent(Delivery delivery, boolean received) {
            return new Workflow(id, request, startedAt, endedAt, total, received ? completed + 1 : completed,
                    received ? failed : Stream.concat(failed.stream(), Stream.of(eventId(delivery))).toList());
        }

        private Workflow ended(Instant at) {
            return new Workflow(id, request, startedAt, at, total, completed, failed);
        }
    }

    /** A workflow, and whether it ran already. */
    public record Begun(Workflow workflow, boolean already) {}

    /** The id of a delivery's report, which is not that of the event that was delivered. */
    public static String eventId(Delivery delivery) {
        return UUID.nameUUIDFromBytes(("delivery " + delivery.number()).getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Begins to send, unless that is being done. */
    public synchronized Begun begin(Request request) {
        String id = "webhook-replay-kulti-local-%08x".formatted(request.hashCode());
        Workflow earlier = workflows.get(id);
        if (earlier != null && earlier.endedAt() == null) {
            return new Begun(earlier, true);
        }
        List<Delivery> chosen = request.filter().of(deliveries.list(request.filter().roomId()))
                .skip(request.offset()).limit(request.limit()).toList();
        Workflow workflow = new Workflow(id, request, clock.instant(), null, chosen.size(), 0, List.of());
        put(workflow);
        send(id, chosen);
        return new Begun(workflow, false);
    }

    /** How that one stands; empty for an unknown id. */
    public synchronized Optional<Workflow> find(String id) {
        return Optional.ofNullable(workflows.get(id));
    }

    private void send(String id, List<Delivery> chosen) {
        var _ = Flux.fromIterable(chosen).delayElements(pause)
                .concatMap(delivery -> webhooks.replay(delivery).doOnNext(received -> note(id, delivery, received)))
                .doFinally(_ -> end(id))
                .subscribe(_ -> {}, trouble -> log.error("replay {} broke off", id, trouble));
    }

    private synchronized void note(String id, Delivery delivery, boolean received) {
        workflows.computeIfPresent(id, (_, workflow) -> workflow.sent(delivery, received));
    }

    private synchronized void end(String id) {
        workflows.computeIfPresent(id, (_, workflow) -> workflow.ended(clock.instant()));
    }

    private void put(Workflow workflow) {
        workflows.put(workflow.id(), workflow);
        if (workflows.size() > MOST) {
            workflows.remove(workflows.keySet().iterator().next());
        }
    }
}
