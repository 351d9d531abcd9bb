package app.kulti.recording.gateway;

import app.kulti.recording.events.MirrorWish;
import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.CommandAnswered;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingSource;
import app.kulti.recording.events.RecordingState;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.messaging.Publisher;
import app.kulti.recording.infra.messaging.RecordReading;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** On the other side of the topics: hears every command, remembers its first outcome, and answers as a test wants. */
public final class TinyProcessor implements AutoCloseable {
    private final List<RecordingCommand> heard = new CopyOnWriteArrayList<>();
    private final Map<SessionId, Function<RecordingCommand, Optional<Answer>>> scripts = new ConcurrentHashMap<>();
    private final Map<CommandId, CommandAnswered> outcomes = new ConcurrentHashMap<>();
    private final DefaultKafkaProducerFactory<String, byte[]> producers;
    private final Publisher<RecordingEvent> events;
    private final KafkaConsumer<String, byte[]> commands;
    private final Thread thread;
    private volatile boolean closed;

    public TinyProcessor(String bootstrapServers) {
        producers = new DefaultKafkaProducerFactory<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ProducerConfig.LINGER_MS_CONFIG, 0), new StringSerializer(), new ByteArraySerializer());
        events = new Publisher<>(Topics.EVENTS, new KafkaTemplate<>(producers));
        commands = new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest"), new StringDeserializer(),
                new ByteArrayDeserializer());
        var partitions = commands.partitionsFor(Topics.COMMANDS.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
        commands.assign(partitions);
        commands.seekToEnd(partitions);
        partitions.forEach(commands::position);
        thread = Thread.ofPlatform().name("tiny-processor").daemon().start(this::run);
    }

    /** From now on for commands about that session; nothing is answered where the script gives nothing. */
    public void answering(UUID session, Function<RecordingCommand, Optional<Answer>> script) {
        scripts.put(new SessionId(session), script);
    }

    public void refusing(UUID session, Refusal reason) {
        answering(session, _ -> Optional.of(new Answer.Refused(reason, "Because of " + reason + ".")));
    }

    /** Commands about that session, in the order in which they came. */
    public List<RecordingCommand> heardAbout(UUID session) {
        return heard.stream().filter(command -> command.sessionId().value().equals(session)).toList();
    }

    private void run() {
        var reading = new RecordReading<>(Topics.COMMANDS);
        while (!closed) {
            for (var record : commands.poll(Duration.ofMillis(50))) {
                var command = reading.read(record).message();
                heard.add(command);
                outcome(command).ifPresent(this::publish);
            }
        }
        commands.close();
    }

    private Optional<CommandAnswered> outcome(RecordingCommand command) {
        var known = outcomes.get(command.commandId());
        if (known != null) {
            return Optional.of(known);
        }
        var answer = scripts.getOrDefault(command.sessionId(), _ -> Optional.of(new Answer.Done())).apply(command);
        return answer.map(given -> {
            var state = given instanceof Answer.Done ? stateAfter(command) : null;
            var outcome = new CommandAnswered(command.commandId(), command.sessionId(), recordingOf(command), given,
                    state);
            if (!(given instanceof Answer.Refused refused) || refused.reason().isFinal()) {
                outcomes.put(command.commandId(), outcome);
            }
            return outcome;
        });
    }

    /** As the processor says it on its topic. */
    public void publish(RecordingEvent event) {
        try {
            events.publish(Envelope.of(new EventId(UUID.randomUUID()), Instant.now(), ServiceName.PROCESSOR, event))
                    .get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a session records, as far as this processor knows. */
    public static RecordingId stoppedIn(UUID session) {
        return RecordingId.adopting("session", session.toString());
    }

    private static @Nullable RecordingId recordingOf(RecordingCommand command) {
        return switch (command) {
            case RecordingCommand.Start start -> start.recordingId();
            case RecordingCommand.Stop stop -> stoppedIn(stop.sessionId().value());
            case RecordingCommand.Delete delete -> delete.recordingId();
            case RecordingCommand.Keep keep -> keep.recordingId();
            case RecordingCommand.RefreshSource refresh -> refresh.recordingId();
        };
    }

    private static RecordingState stateAfter(RecordingCommand command) {
        var recording = recordingOf(command);
        var status = switch (command) {
            case RecordingCommand.Start _ -> RecordingStatus.RECORDING;
            case RecordingCommand.Stop _ -> RecordingStatus.PROCESSING;
            default -> RecordingStatus.COMPLETED;
        };
        var source = command instanceof RecordingCommand.RefreshSource
                ? new RecordingSource("asset", null,
                        new SignedUrl(URI.create("https://files.100ms.live/fresh?sig=new")),
                        Instant.parse("2030-01-01T00:00:00Z"), null, null, null, null)
                : null;
        return new RecordingState(recording == null ? new RecordingId(UUID.randomUUID()) : recording,
                command.sessionId(), null, 1, status, "hms-recording", null, null, source, null, MirrorWish.NOTHING,
                null, null, false, command instanceof RecordingCommand.Delete);
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producers.destroy();
    }
}
