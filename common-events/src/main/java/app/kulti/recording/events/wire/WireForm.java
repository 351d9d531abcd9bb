package app.kulti.recording.events.wire;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.RawBody;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RoomId;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the messages of one topic lie on it: CloudEvents 1.0 with JSON data, the type's explicit wire name in {@code ce_type}.
 * A webhook's data is 100ms's own body; what was read of it stands in extension attributes.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents 1.0</a>
 */
public final class WireForm<M> {
    private static final String JSON = "application/json";
    private static final String REPLAYED_BY = "replayedby";
    private static final String REPLAY_REASON = "replayreason";
    private static final String TRACEPARENT = "traceparent";
    private static final String HMS_TYPE = "hmstype";
    private static final String HMS_ROOM = "hmsroom";
    private static final String HMS_RECORDING = "hmsrecording";

    private static final Map<String, ServiceName> WRITERS = Stream.of(ServiceName.values())
            .collect(Collectors.toUnmodifiableMap(name -> name.source().toString(), Function.identity()));

    private final Topic<M> topic;
    private final JsonMapper json;
    private final Map<String, Class<? extends M>> types;

    /** The wire form of {@code topic}; fails at once when one of its messages has no wire name. */
    public WireForm(Topic<M> topic) {
        this.topic = topic;
        this.json = EventJson.mapper();
        this.types = messagesOf(topic.type())
                .collect(Collectors.toUnmodifiableMap(WireForm::wireName, Function.identity()));
    }

    /** The {@code ce_type} of each message of the topic. */
    public Map<String, Class<? extends M>> types() {
        return types;
    }

    /** The record's attributes and data. */
    public CloudEvent write(Envelope<M> envelope) {
        var message = envelope.message();
        var event = CloudEventBuilder.v1()
                .withId(envelope.id().toString())
                .withSource(envelope.writer().source())
                .withType(wireName(message.getClass()))
                .withTime(OffsetDateTime.ofInstant(envelope.time(), ZoneOffset.UTC))
                .withSubject(topic.key().apply(message))
                .withDataContentType(JSON);
        var replay = envelope.replay();
        if (replay != null) {
            event.withExtension(REPLAYED_BY, replay.by()).withExtension(REPLAY_REASON, replay.reason());
        }
        var traceparent = envelope.traceparent();
        if (traceparent != null) {
            event.withExtension(TRACEPARENT, traceparent);
        }
        if (message instanceof HmsWebhook webhook) {
            event.withExtension(HMS_TYPE, webhook.type());
            var room = webhook.roomId();
            if (room != null) {
                event.withExtension(HMS_ROOM, room.value());
            }
            var recording = webhook.hmsRecordingId();
            if (recording != null) {
                event.withExtension(HMS_RECORDING, recording);
            }
            return event.withData(webhook.body().bytes()).build();
        }
        return event.withData(json.writeValueAsBytes(message)).build();
    }

    /**
     * The message in a record.
     *
     * @throws UnreadableMessage when it is none of this topic's messages
     */
    public Envelope<M> read(CloudEvent event) {
        var type = types.get(event.getType());
        if (type == null) {
            throw new UnreadableMessage("the type %s is unknown on %s".formatted(event.getType(), topic.name()));
        }
        var data = event.getData();
        if (data == null) {
            throw new UnreadableMessage("a %s has no data".formatted(event.getType()));
        }
        var time = event.getTime();
        if (time == null) {
            throw new UnreadableMessage("a %s has no ce_time".formatted(event.getType()));
        }
        var writer = WRITERS.get(event.getSource().toString());
        if (writer == null) {
            throw new UnreadableMessage("a %s has the unknown ce_source %s".formatted(event.getType(),
                    event.getSource()));
        }
        return new Envelope<>(id(event), time.toInstant(), writer, message(type, event, data.toBytes()), replay(event),
                extension(event, TRACEPARENT));
    }

    private static EventId id(CloudEvent event) {
        try {
            return new EventId(UUID.fromString(event.getId()));
        } catch (IllegalArgumentException _) {
            throw new UnreadableMessage("a %s has a ce_id that is no UUID".formatted(event.getType()));
        }
    }

    private M message(Class<? extends M> type, CloudEvent event, byte[] data) {
        if (HmsWebhook.class.isAssignableFrom(type)) {
            return topic.type().cast(webhook(type, event, RawBody.of(data)));
        }
        try {
            return json.readValue(data, type);
        } catch (JacksonException e) {
            throw new UnreadableMessage("a %s could not be read: %s".formatted(event.getType(), why(e)));
        }
    }

    /** Which field and what about it. Jackson's own words, and with them the cause, would quote the content. */
    private static String why(JacksonException e) {
        return switch (e) {
            case StreamReadException _ -> "it is not JSON";
            case InvalidFormatException format -> "%s is no %s".formatted(path(format),
                    format.getTargetType().getSimpleName());
            case MismatchedInputException mismatch -> "%s: %s".formatted(path(mismatch), mismatch.getOriginalMessage());
            default -> path(e) + " has a wrong value";
        };
    }

    private static String path(JacksonException e) {
        return e.getPath().stream().map(JacksonException.Reference::getPropertyName).filter(Objects::nonNull)
                .collect(Collectors.joining("."));
    }

    private static HmsWebhook webhook(Class<?> type, CloudEvent event, RawBody body) {
        var hmsType = extension(event, HMS_TYPE);
        if (hmsType == null) {
            throw new UnreadableMessage("a webhook has no ce_" + HMS_TYPE);
        }
        var room = extension(event, HMS_ROOM);
        var roomId = room == null ? null : new RoomId(room);
        var recording = extension(event, HMS_RECORDING);
        return type == HmsWebhook.Recovered.class
                ? new HmsWebhook.Recovered(hmsType, roomId, recording, body)
                : new HmsWebhook.Delivered(hmsType, roomId, recording, body);
    }

    private static Envelope.@Nullable Replay replay(CloudEvent event) {
        var by = extension(event, REPLAYED_BY);
        if (by == null) {
            return null;
        }
        var reason = extension(event, REPLAY_REASON);
        return new Envelope.Replay(by, reason == null ? "" : reason);
    }

    private static @Nullable String extension(CloudEvent event, String name) {
        var value = event.getExtension(name);
        return value == null ? null : value.toString();
    }

    private static String wireName(Class<?> type) {
        var name = type.getAnnotation(JsonTypeName.class);
        if (name == null) {
            throw new IllegalStateException(
                    type.getName() + " has no @JsonTypeName: its wire name must be written down");
        }
        return name.value();
    }

    /** The records below a sealed type, at any depth. */
    @SuppressWarnings("unchecked") // a permitted subclass of M extends M
    private static <M> Stream<Class<? extends M>> messagesOf(Class<? extends M> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(sub -> messagesOf((Class<? extends M>) sub))
                : Stream.of(type);
    }
}
