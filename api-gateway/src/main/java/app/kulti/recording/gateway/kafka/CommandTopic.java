package app.kulti.recording.gateway.kafka;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.gateway.command.SendCommand;
import app.kulti.recording.infra.messaging.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Commands onto their topic. */
final class CommandTopic implements SendCommand {
    private final Publisher<RecordingCommand> publisher;
    private final Scheduler blocking;

    /**
     * Over {@code publisher}.
     *
     * @param blocking where a send may hold up its thread, for at most the producer's {@code max.block.ms}
     */
    CommandTopic(Publisher<RecordingCommand> publisher, Scheduler blocking) {
        this.publisher = publisher;
        this.blocking = blocking;
    }

    @Override
    public Mono<Void> send(RecordingCommand command) {
        var envelope = Envelope.of(EventId.of(command.commandId()), command.issuedAt(), ServiceName.GATEWAY, command);
        return Mono.fromFuture(() -> publisher.publish(envelope), true).subscribeOn(blocking);
    }
}
