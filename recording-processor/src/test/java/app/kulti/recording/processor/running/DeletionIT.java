package app.kulti.recording.processor.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.events.MirrorWish;
import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Deletion closes, whoever deleted. */
class DeletionIT extends RunningProcessor {
    @Test
    void aRowThatSomebodyElseDeletedIsAnnouncedAsDeleted() {
        var start = started();
        database.execute("DELETE FROM public.recordings WHERE id = ?", start.recordingId().value());

        assertThat(traffic.event(RecordingEvent.Deleted.class, start.recordingId()).state().wanted())
                .isEqualTo(MirrorWish.REMOVE);
        await().atMost(LIMIT).untilAsserted(
                () -> assertThat(tombstone(start.recordingId()).get("stopped_at")).as("its beam runs no more")
                        .isNotNull());
    }

    @Test
    void aDeletionIsAnnouncedAgainUntilTheMirrorSaysThatItIsRemoved() {
        var id = deleted();

        database.execute("UPDATE kulti_recording.deleted_recordings SET due_at = now() WHERE recording_id = ?",
                id.value());
        await().atMost(LIMIT).until(() -> announced(id) == 2);

        traffic.send(new MirrorReport.Removed(id, 5));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(tombstone(id).get("removed_at")).isNotNull());
        await().atMost(LIMIT).untilAsserted(() -> assertThat(tombstone(id).get("due_at")).isNull());
        assertThat(announced(id)).isEqualTo(2);
    }

    @Test
    void theObjectThatARunningCopyStillWroteIsRemovedToo() {
        var id = deleted();
        traffic.send(new MirrorReport.Removed(id, 5));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(tombstone(id).get("removed_at")).isNotNull());

        traffic.send(new MirrorReport.Verified(id, 4, "s3://hms/a.mp4", session + "/" + id + ".mp4", 1_000, null));

        await().atMost(LIMIT).until(() -> announced(id) == 2);
        assertThat(tombstone(id).get("removed_at")).isNull();
        assertThat(database.rows("SELECT 1 FROM public.recordings WHERE id = ?", id.value())).isEmpty();
    }

    @Test
    void aRecordingWhoseSessionIsDeletedByTheAppIsAnnouncedAsDeleted() {
        var start = started();

        database.execute("DELETE FROM public.sessions WHERE id = ?", session.value());

        assertThat(traffic.event(RecordingEvent.Deleted.class, start.recordingId()).state().deleted()).isTrue();
    }

    private RecordingId deleted() {
        var start = started();
        fileReady(hms.in(room).getFirst().id());
        traffic.event(RecordingEvent.Completed.class, start.recordingId());
        traffic.send(new RecordingCommand.Delete(new CommandId(UUID.randomUUID()), session, host, Instant.now(),
                start.recordingId()));
        traffic.event(RecordingEvent.Deleted.class, start.recordingId());
        return start.recordingId();
    }

    private long announced(RecordingId id) {
        return traffic.about(id).stream().filter(RecordingEvent.Deleted.class::isInstance).count();
    }
}
