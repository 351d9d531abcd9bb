package app.kulti.recording.processor.recording;

import app.kulti.recording.events.MirrorWish;
import app.kulti.recording.events.RecordingState;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a deleted recording.
 *
 * @param hmsRecordingId what 100ms called it
 * @param wasActive      it recorded, or was about to: its beam has to be stopped
 * @param revision       the last one used
 * @param announcements  how often its deletion was announced
 * @param stoppedAt      when 100ms agreed that nothing of it runs, or nothing can any more
 * @param removedAt      when the mirror reported that its object is gone
 */
public record Tombstone(RecordingId id, SessionId session, @Nullable RoomId room, @Nullable String hmsSession,
        String hmsRecordingId, @Nullable Instant begunAt, @Nullable Instant endedAt, boolean wasActive, long revision,
        int announcements, Instant deletedAt, @Nullable Instant stoppedAt, @Nullable Instant removedAt) {

    /** Its deletion is announced: a number of its own the first time, the same one from then on. */
    public Tombstone announced() {
        return new Tombstone(id, session, room, hmsSession, hmsRecordingId, begunAt, endedAt, wasActive,
                announcements == 0 ? revision + 1 : revision, announcements + 1, deletedAt, stoppedAt, removedAt);
    }

    /** Its object is gone; a later report says nothing new. */
    public Tombstone removed(Instant at) {
        return removedAt != null
                ? this
                : new Tombstone(id, session, room, hmsSession, hmsRecordingId, begunAt, endedAt, wasActive, revision,
                        announcements, deletedAt, stoppedAt, at);
    }

    /** Its object is there after all. */
    public Tombstone notRemoved() {
        return new Tombstone(id, session, room, hmsSession, hmsRecordingId, begunAt, endedAt, wasActive, revision,
                announcements, deletedAt, stoppedAt, null);
    }

    /** Nothing of it runs; a later answer says nothing new. */
    public Tombstone stopped(Instant at) {
        return stoppedAt != null
                ? this
                : new Tombstone(id, session, room, hmsSession, hmsRecordingId, begunAt, endedAt, wasActive, revision,
                        announcements, deletedAt, at, removedAt);
    }

    /** As events carry it. Of its status only this much is known: it was over, or is going to be. */
    public RecordingState state() {
        return new RecordingState(id, session, room, revision,
                wasActive ? RecordingStatus.PROCESSING : RecordingStatus.COMPLETED, hmsRecordingId, begunAt, endedAt,
                null, null, MirrorWish.REMOVE, null, null, false, true);
    }
}
