package app.kulti.recording.gateway.command;

import app.kulti.recording.events.RecordingCommand;
import reactor.core.publisher.Mono;

/** Where commands go. */
@FunctionalInterface
public interface SendCommand {
    /** Completes when the command is durable. On an error it may be so all the same. */
    Mono<Void> send(RecordingCommand command);
}
