package app.kulti.recording.processor.advance;

import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.processor.recording.Recording;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that is to be asked of 100ms. Its answer comes back as a finding. */
public sealed interface HmsCall {
    RecordingId recording();

    /** What the finding's id is made of, so that the same call gives the same finding. */
    String occasion();

    /**
     * Start it.
     *
     * @param lookFirst somebody may have called before: 100ms is looked at before it is asked
     */
    record ToStart(Start start, boolean lookFirst) implements HmsCall {
        @Override
        public RecordingId recording() {
            return start.recording();
        }

        @Override
        public String occasion() {
            return Integer.toString(start.attempts());
        }
    }

    /**
     * Stop it.
     *
     * @param job     100ms's recording id; without one its room is stopped
     * @param command whose answer depends on it
     * @param attempt 1 for the call that is made at once, 2 for any later one
     */
    record ToStop(RecordingId recording, @Nullable String job, @Nullable RoomId room, @Nullable CommandId command,
            int attempt, String occasion) implements HmsCall {

        static ToStop atOnce(Recording recording, String occasion) {
            return of(recording, 1, occasion);
        }

        /** For what was wanted earlier and has not been agreed to yet. */
        public static ToStop again(Recording recording, String occasion) {
            return of(recording, 2, occasion);
        }

        private static ToStop of(Recording recording, int attempt, String occasion) {
            return new ToStop(recording.id(), recording.facts().names().job(), recording.room(),
                    recording.stopCommand(), attempt, occasion);
        }
    }

    /** See how it is. */
    record ToLook(RecordingId recording, String job, String occasion) implements HmsCall {}

    /**
     * See what a room recorded between two times, for what knows of no recording by a name that the API takes.
     *
     * @param job where it is known, only that recording is looked at
     */
    record ToSearch(RecordingId recording, @Nullable String job, @Nullable RoomId room, Instant since, Instant until,
            String occasion) implements HmsCall {}

    /**
     * Have another URL minted for its file.
     *
     * @param assetId the file; without one {@code job} is looked at for it
     * @param command whose answer depends on it
     */
    record ToRenew(RecordingId recording, @Nullable String assetId, @Nullable String path, @Nullable String job,
            @Nullable CommandId command, String occasion) implements HmsCall {

        static ToRenew of(Recording recording, @Nullable CommandId command, String occasion) {
            var source = recording.source();
            return new ToRenew(recording.id(), source == null ? null : source.assetId(),
                    source == null ? null : source.path(), recording.facts().names().job(), command, occasion);
        }
    }
}
