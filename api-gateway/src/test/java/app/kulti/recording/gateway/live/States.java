package app.kulti.recording.gateway.live;

import app.kulti.recording.events.MirrorWish;
import app.kulti.recording.events.RecordingState;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import java.time.Instant;
import java.util.UUID;

/** States of recordings as the processor announces them. */
public final class States {
    private static final Instant STARTED_AT = Instant.parse("2026-11-22T10:00:00Z");

    private States() {}

    static RecordingState recording(UUID session, UUID recording, long revision) {
        return recording(session, recording, revision, "hms-1");
    }

    public static RecordingState recording(UUID session, UUID recording, long revision, String hmsRecordingId) {
        return new RecordingState(new RecordingId(recording), new SessionId(session), null, revision,
                RecordingStatus.RECORDING, hmsRecordingId, STARTED_AT, null, null, null, MirrorWish.NOTHING, null, null,
                false,
                false);
    }

    static RecordingState deleted(UUID session, UUID recording, long revision) {
        return new RecordingState(new RecordingId(recording), new SessionId(session), null, revision,
                RecordingStatus.COMPLETED, "hms-1", STARTED_AT, null, null, null, MirrorWish.REMOVE, null, null, false,
                true);
    }
}
