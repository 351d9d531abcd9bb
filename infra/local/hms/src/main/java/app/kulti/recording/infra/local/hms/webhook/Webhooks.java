package app.kulti.recording.infra.local.hms.webhook;

import app.kulti.recording.infra.local.hms.beam.Announcements;
import app.kulti.recording.infra.local.hms.beam.Dialect;
import app.kulti.recording.infra.local.hms.beam.Ledger;
import app.kulti.recording.infra.local.hms.beam.Recording;
import app.kulti.recording.infra.local.hms.beam.Room;
import app.kulti.recording.infra.local.hms.beam.WebhookTarget;
import app.kulti.recording.infra.local.hms.fault.Faults;
import app.kulti.recording.infra.local.hms.fault.WebhookFault;
import app.kulti.recording.infra.local.hms.file.SignedLinks;
import app.kulti.recording.infra.local.hms.webhook.Delivery.Attempt;
import app.kulti.recording.infra.local.hms.webhook.Delivery.State;
import app.kulti.recording.infra.local.hms.webhook.WebhookBodies.Body;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends webhooks: exactly 200 counts as received, anything else is tried again after the documented pauses. Webhooks of
 * one recording travel side by side, since 100ms promises no order.
 */
public final class Webhooks implements Announcements {
    private static final Logger log = LoggerFactory.getLogger(Webhooks.class);
    private static final int MOST_UNDER_WAY = 10_000;

    private final WebhookSettings settings;
    private final WebhookBodies bodies;
    private final Ledger ledger;
    private final Faults faults;
    private final DeliveryLog deliveries;
    private final WebClient http;
    private final JsonMapper json;
    private final Clock clock;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Map<Occurrence, Sinks.Empty<Void>> awaited = new ConcurrentHashMap<>();

    /**
     * Sends to the workspace's target, or to the room's where it has one.
     *
     * @param json writes instants as text and keeps the order of maps
     */
    public Webhooks(WebhookSettings settings, SignedLinks links, Duration linkLife, Ledger ledger, Faults faults,
            DeliveryLog deliveries, WebClient http, JsonMapper json, Clock clock, Supplier<UUID> ids) {
        this.settings = settings;
        this.bodies = new WebhookBodies(links, linkLife,
                new WebhookBodies.Account("5d4f0b2a9e3c4d1f8a7b6c5e", "63188115d11d6db790c73c60"), ids);
        this.ledger = ledger;
        this.faults = faults;
        this.deliveries = deliveries;
        this.http = http;
        this.json = json;
        this.clock = clock;
    }

    private record Occurrence(String recordingId, String type) {}

    private record Message(Delivery delivery, WebhookTarget target) {
        Occurrence occurrence() {
            return new Occurrence(delivery.recordingId(), delivery.type());
        }
    }

    @Override
    public void announce(Event event, Recording recording) {
        Optional<Room> room = ledger.room(recording.roomId());
        Dialect dialect = room.map(Room::dialect).orElse(settings.dialect());
        Body body = bodies.of(event, recording, dialect, clock.instant());
        String text = json.writeValueAsString(body.json());
        String type = event.in(dialect);
        int copies = 1;
        Mono<Void> wait = Mono.empty();
        for (WebhookFault fault : faults.onWebhook(type, recording.roomId())) {
            switch (fault) {
                case WebhookFault.Drop _ -> copies = 0;
                case WebhookFault.Repeat repeat -> copies += copies == 0 ? 0 : repeat.copies();
                case WebhookFault.Delay delay -> wait = wait.then(Mono.delay(Duration.ofMillis(delay.millis())).then());
                case WebhookFault.Reorder reorder -> wait = wait.then(until(recording.id(), reorder));
            }
        }
        Optional<WebhookTarget> target = target(room);
        for (int i = 0; i < Math.max(1, copies); i++) {
            Delivery delivery = deliveries.open(clock.instant(), body.eventId(), type, recording.roomId(),
                    recording.id(), text);
            if (copies == 0) {
                deliveries.settled(delivery.number(), State.DROPPED);
            } else if (target.isEmpty()) {
                deliveries.settled(delivery.number(), State.NO_TARGET);
            } else {
                send(new Message(delivery, target.get()), wait);
            }
        }
    }

    /**
     * Sends again what was sent before, marked as a replay. 100ms does not say where its mark stands; here it is in the
     * envelope, so that the bytes differ from the first ones.
     *
     * @return whether it was received; no switch strikes a replay
     */
    Mono<Boolean> replay(Delivery earlier) {
        ObjectNode envelope = (ObjectNode) json.readTree(earlier.body());
        String text = json.writeValueAsString(envelope.put("is_replay", true));
        Delivery delivery = deliveries.open(clock.instant(), earlier.eventId(), earlier.type(), earlier.roomId(),
                earlier.recordingId(), text);
        return Mono.justOrEmpty(target(ledger.room(earlier.roomId())))
                .flatMap(target -> attempts(new Message(delivery, target)))
                .defaultIfEmpty(State.NO_TARGET)
                .doOnNext(state -> deliveries.settled(delivery.number(), state))
                .map(State.DELIVERED::equals);
    }

    private Optional<WebhookTarget> target(Optional<Room> room) {
        URI url = settings.url();
        Optional<WebhookTarget> workspace = url == null
                ? Optional.empty()
                : Optional.of(new WebhookTarget(url, settings.headers()));
        return room.map(Room::webhook).or(() -> workspace);
    }

    private Mono<Void> until(String recordingId, WebhookFault.Reorder reorder) {
        Occurrence occurrence = new Occurrence(recordingId, reorder.after());
        Sinks.Empty<Void> sent = awaited.computeIfAbsent(occurrence, _ -> Sinks.empty());
        return sent.asMono().timeout(Duration.ofMillis(reorder.longestMillis()), Mono.empty())
                .doFinally(_ -> awaited.remove(occurrence, sent));
    }

    private void send(Message message, Mono<Void> wait) {
        if (underWay.incrementAndGet() > MOST_UNDER_WAY) {
            underWay.decrementAndGet();
            deliveries.settled(message.delivery().number(), State.OVERFLOW);
            return;
        }
        wait.then(Mono.defer(() -> attempts(message)))
                .doFinally(_ -> underWay.decrementAndGet())
                .subscribe(state -> deliveries.settled(message.delivery().number(), state),
                        trouble -> log.error("webhook {} was lost", message.delivery().number(), trouble));
    }

    private Mono<State> attempts(Message message) {
        return Flux.concat(Mono.just(Duration.ZERO), Flux.fromIterable(settings.retries()))
                .concatMap(pause -> Mono.delay(pause).then(Mono.defer(() -> attempt(message))), 1)
                .any(received -> received)
                .map(received -> received ? State.DELIVERED : State.GIVEN_UP);
    }

    private Mono<Boolean> attempt(Message message) {
        Instant at = clock.instant();
        return post(message).map(status -> new Attempt(at, status, null))
                .onErrorResume(trouble -> Mono.just(new Attempt(at, null, reason(trouble))))
                .map(attempt -> {
                    deliveries.attempted(message.delivery().number(), attempt);
                    release(message.occurrence());
                    return Integer.valueOf(200).equals(attempt.status());
                });
    }

    private Mono<Integer> post(Message message) {
        byte[] body = message.delivery().body().getBytes(StandardCharsets.UTF_8);
        return http.post().uri(message.target().url()).contentType(MediaType.APPLICATION_JSON).headers(headers -> {
            message.target().headers().forEach(headers::set);
            String key = settings.signatureKey();
            if (key != null) {
                headers.set("x-100ms-signature", signature(key, body));
            }
        }).bodyValue(body)
                .exchangeToMono(response -> response.releaseBody().thenReturn(response.statusCode().value()))
                .timeout(settings.timeout());
    }

    private void release(Occurrence sent) {
        Sinks.Empty<Void> waiting = awaited.remove(sent);
        if (waiting != null) {
            waiting.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
        }
    }

    // The class says enough; messages of clients may quote the URL.
    private static String reason(Throwable trouble) {
        return trouble instanceof TimeoutException ? "timeout" : trouble.getClass().getSimpleName();
    }

    static String signature(String key, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
