package app.kulti.recording.gateway.playback;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent.CommandAnswered;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.command.Commands;
import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;
import app.kulti.recording.gateway.playback.PlayableRecordings.Playable;
import java.time.InstantSource;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Whoever may see a recording gets a link that plays it. */
public final class Playback {
    private final PlayableRecordings recordings;
    private final PlayLinks links;
    private final Commands commands;
    private final InstantSource clock;
    private final Supplier<CommandId> newIds;

    /**
     * Playback.
     *
     * @param newIds ids of the commands that ask for a fresh 100ms URL
     */
    public Playback(PlayableRecordings recordings, PlayLinks links, Commands commands, InstantSource clock,
            Supplier<CommandId> newIds) {
        this.recordings = recordings;
        this.links = links;
        this.commands = commands;
        this.clock = clock;
        this.newIds = newIds;
    }

    /**
     * A link.
     *
     * @param download to be saved as a file with a human name, rather than shown
     */
    Mono<PlayLink> link(Caller caller, RecordingId recording, boolean download) {
        return recordings.playable(caller, recording)
                .switchIfEmpty(Mono.error(Problem::noSuchRecording))
                .flatMap(playable -> link(playable, caller.id(), download));
    }

    /**
     * A link to a recording of which it is known that it may be watched.
     *
     * @param by       on whose behalf 100ms is asked for a fresh URL, should it come to that
     * @param download as above
     * @return a {@link Problem} that says why, when there is nothing to play
     */
    public Mono<PlayLink> link(Playable playable, UserId by, boolean download) {
        return Mono.defer(() -> {
            requireFilm(playable);
            return links.to(playable.file(), download ? disposition(playable) : null)
                    .map(Mono::just)
                    .orElseGet(() -> renewed(by, playable));
        });
    }

    private static void requireFilm(Playable playable) {
        if (playable.file().objectKey() != null) {
            return;
        }
        var refused = playable.refusedBecause();
        if (refused != null) {
            throw new Problem(ProblemType.NOT_PLAYABLE,
                    "The file that 100ms delivered is no playable film (" + refused + ").");
        }
        switch (playable.status()) {
            case RECORDING -> throw new Problem(ProblemType.NOT_PLAYABLE_YET, "It is still being recorded.");
            case PROCESSING -> throw new Problem(ProblemType.NOT_PLAYABLE_YET,
                    "100ms is still working on the film. This takes a few minutes.");
            case FAILED -> throw new Problem(ProblemType.NOT_PLAYABLE, "The recording failed: there is no film.");
            case COMPLETED -> {
                // It has a source, whose link may have to be renewed.
            }
        }
    }

    private static String disposition(Playable playable) {
        return AttachmentName.of(playable.title(), playable.createdAt()).disposition();
    }

    private Mono<PlayLink> renewed(UserId by, Playable playable) {
        return commands.carryOut(new RecordingCommand.RefreshSource(newIds.get(), playable.session(), by,
                clock.instant(), playable.id()), null).map(Playback::sourceIn);
    }

    private static PlayLink sourceIn(CommandAnswered answered) {
        var state = answered.state();
        var source = state == null ? null : state.source();
        var url = source == null ? null : source.url();
        if (source == null || url == null) {
            throw new IllegalStateException("the outcome of " + answered.commandId() + " has no source URL");
        }
        return new PlayLink(url, source.urlExpiresAt());
    }
}
