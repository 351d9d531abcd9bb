package app.kulti.recording.processor.advance;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.events.RawBody;
import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topic;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.messaging.Received;
import app.kulti.recording.infra.messaging.Traces;
import app.kulti.recording.processor.recording.Lifetime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;

/** The use cases over a {@link MemoryStore}, in a session with a host and a room, beside a 100ms that never answers. */
final class House {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    static final UserId HOST = new UserId(new UUID(1, 1));
    static final SessionId SESSION = new SessionId(new UUID(1, 2));
    static final RoomId ROOM = new RoomId("room-1");
    static final Lifetime LIFETIME = new Lifetime(Duration.ofHours(2), Duration.ofDays(90));

    final MemoryStore store = new MemoryStore();
    final List<RecordingEvent> events = new ArrayList<>();
    Instant now = NOON;

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ApplyCommands commands;
    private final ApplyWebhooks webhooks;
    private final ApplyFindings findings;
    private final ApplyReports reports;
    private long offset;

    House() {
        store.sessions.add(new KnownSession(SESSION, HOST, ROOM, true, NOON.minus(Duration.ofHours(1))));
        var calls = new CallHms(new SilentHms(), store, _ -> Mono.empty(), () -> now, 10_000, meters, Traces.none());
        var advance = new Advance(store, announced -> {
            announced.forEach(envelope -> events.add(envelope.message()));
            return CompletableFuture.allOf();
        }, calls, () -> now, Duration.ofSeconds(5), new Outcomes(meters), new RecordingTraces(Traces.none()));
        var duplicates = new Duplicates(store, Duration.ofSeconds(5), meters);
        var recognition = new Recognition(meters);
        commands = new ApplyCommands(advance, duplicates);
        webhooks = new ApplyWebhooks(advance, duplicates, recognition);
        findings = new ApplyFindings(advance, duplicates, recognition, LIFETIME);
        reports = new ApplyReports(advance, duplicates);
    }

    /**
     * Something that lies on one of the four topics.
     *
     * @param name tells it from others of its kind
     */
    record Message(String name, EventId id, Instant at, Object content) {
        static Message of(String name, Instant at, Object content) {
            return new Message(name, content instanceof RecordingCommand command
                    ? EventId.of(command.commandId())
                    : EventId.of(name, "", ""), at, content);
        }

        /** The body says when by itself. */
        static Message webhook(String type, String body) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            return new Message(type, EventId.ofBody(bytes), NOON,
                    new HmsWebhook.Delivered(type, ROOM, null, RawBody.of(bytes)));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Each in a batch of its own. */
    void hears(List<Message> messages) {
        messages.forEach(this::hears);
    }

    void hears(Message message) {
        hearsAtOnce(List.of(message));
    }

    /** All of one topic, in one batch. */
    void hearsAtOnce(List<Message> messages) {
        switch (messages.getFirst().content()) {
            case RecordingCommand _ -> commands.handle(batch(Topics.COMMANDS, messages));
            case HmsWebhook _ -> webhooks.handle(batch(Topics.WEBHOOKS, messages));
            case RecordingFinding _ -> findings.handle(batch(Topics.FINDINGS, messages));
            case MirrorReport _ -> reports.handle(batch(Topics.REPORTS, messages));
            default -> throw new IllegalArgumentException(messages.toString());
        }
    }

    /** Each time records of their own. */
    private <M> List<Received<M>> batch(Topic<M> topic, List<Message> messages) {
        return messages.stream().map(message -> {
            var content = topic.type().cast(message.content());
            return new Received<>(Envelope.of(message.id(), message.at(), ServiceName.OPS, content),
                    topic.key().apply(content), topic.name(), 0, offset++, now);
        }).toList();
    }

    double duplicates() {
        return meters.get("kulti.processor.duplicates").counter().count();
    }

    /** The id of the recording that {@code command} asks for. */
    static RecordingCommand.Start start(CommandId command, Instant at) {
        return new RecordingCommand.Start(command, SESSION, HOST, at, RecordingId.startedBy(command), ROOM,
                at.plusSeconds(20));
    }

    private static final class SilentHms implements Hms {
        @Override
        public Mono<HmsAnswer> start(RoomId room, Duration limit) {
            return Mono.empty();
        }

        @Override
        public Mono<HmsAnswer> stop(String hmsRecordingId, Duration limit) {
            return Mono.empty();
        }

        @Override
        public Mono<HmsAnswer> stop(RoomId room, Duration limit) {
            return Mono.empty();
        }

        @Override
        public Mono<HmsAnswer> look(String hmsRecordingId, Duration limit) {
            return Mono.empty();
        }

        @Override
        public Mono<Reply<List<HmsRecording>>> list(RoomId room, Instant since,
                Duration limit) {
            return Mono.empty();
        }

        @Override
        public Mono<Reply<AssetUrl>> sign(String assetId, Duration limit) {
            return Mono.empty();
        }

        @Override
        public Mono<Reply<Optional<Instant>>> time(Duration limit) {
            return Mono.empty();
        }
    }
}
