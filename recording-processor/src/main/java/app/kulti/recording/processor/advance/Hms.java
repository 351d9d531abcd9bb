package app.kulti.recording.processor.advance;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.events.ids.RoomId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * What is asked of 100ms.
 *
 * <p>Each call answers with a value within its {@code limit}, all waiting and trying again included; a refusal, a missing
 * recording and a 100ms that is away are values too. Calls may be made from any thread, none blocks, and cancelling the
 * {@code Mono} gives the call up (which 100ms may still have acted on). Looks ({@link #look}, {@link #list},
 * {@link #sign}) and commands ({@link #start}, {@link #stop}) have separate room: neither holds the other up.
 */
public interface Hms {
    /** 100ms lets no room stay open for longer, so that nothing in it runs for longer. */
    Duration LONGEST_ROOM = Duration.ofHours(12);

    /**
     * Starts the recording of a room, with the page, resolution and transcription that are configured.
     *
     * <p>100ms knows no idempotency key. So a start is tried again only where it is certain that nothing was done; after
     * {@link HmsAnswer.Unavailable} look at {@link #list the room} before the next one.
     *
     * @return {@code Found} the new recording; {@code Conflict}, without a recording, when one already runs in the room
     */
    Mono<HmsAnswer> start(RoomId room, Duration limit);

    /**
     * Stops one recording. Safe to repeat.
     *
     * @param hmsRecordingId 100ms's recording id
     * @return {@code Found} the recording as it stops; {@code NotFound} when it does not run, any more or at all
     */
    Mono<HmsAnswer> stop(String hmsRecordingId, Duration limit);

    /**
     * Stops whatever runs in the room, for a recording whose 100ms id nobody knows. Safe to repeat, but it may hit a
     * recording that is newer than the one that was meant.
     *
     * @return {@code Found} the newest of those that it stopped; {@code NotFound} when nothing runs there
     */
    Mono<HmsAnswer> stop(RoomId room, Duration limit);

    /** The recording with its assets. */
    Mono<HmsAnswer> look(String hmsRecordingId, Duration limit);

    /**
     * The room's recordings that were created at or after {@code since}, without their assets.
     *
     * @return {@code Given} all of them, newest first, or {@code Withheld}: a part of them is never given as the whole
     */
    Mono<Reply<List<HmsRecording>>> list(RoomId room, Instant since, Duration limit);

    /** A fresh URL for a file; {@code Withheld} with {@code NotFound} when 100ms has deleted it. */
    Mono<Reply<AssetUrl>> sign(String assetId, Duration limit);

    /**
     * Asks for something that takes our credential and changes nothing.
     *
     * @return {@code Given} 100ms's own time, to the second, as far as it tells
     */
    Mono<Reply<Optional<Instant>>> time(Duration limit);

    /**
     * Where a file can be read.
     *
     * @param expiresAt until when
     */
    record AssetUrl(SignedUrl url, Instant expiresAt) {}

    /** An answer that is something else than one recording. */
    sealed interface Reply<T> {
        /** 100ms answered. */
        record Given<T>(T value) implements Reply<T> {}

        /**
         * It did not.
         *
         * @param why anything but {@code Found}
         */
        record Withheld<T>(HmsAnswer why) implements Reply<T> {}
    }
}
