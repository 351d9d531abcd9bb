package app.kulti.recording.infra.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whoever deletes a recording leaves a tombstone that says all that is needed to clean up after it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TombstoneIT {

    private static final String DELETE = "DELETE FROM public.recordings WHERE id = ?";

    private final Kulti kulti = new Kulti();
    private UUID host;
    private UUID session;
    private UUID recording;

    @BeforeEach
    void aRecordingWithAPast() throws SQLException {
        host = UUID.randomUUID();
        session = kulti.session(host);
        recording = kulti.recording(session, "completed");
        kulti.progress(recording, session, 7);
        for (var alias : new String[][]{{"asset", "a2"}, {"asset", "a1"}, {"job", "j"}}) {
            kulti.superuser.update("INSERT INTO kulti_recording.recording_aliases VALUES (?, ? || '-' || ?, ?)",
                    alias[0], alias[1], recording, recording);
        }
    }

    @AfterAll
    void close() {
        kulti.close();
    }

    @Test
    void carriesWhatWasKnownOfTheRecording() throws SQLException {
        kulti.superuser.update(DELETE, recording);

        assertThat(tombstone("session_id")).isEqualTo(session);
        assertThat(tombstone("room_id")).isEqualTo("room");
        assertThat(tombstone("hms_session_id")).isEqualTo("hms-session");
        assertThat(tombstone("begun_at = '2026-01-01T10:00Z'")).isEqualTo(true);
        assertThat(tombstone("revision")).isEqualTo(7L);
        assertThat(tombstone("outside_ids::text")).isEqualTo(
                "{\"job\": [\"j-%1$s\"], \"asset\": [\"a1-%1$s\", \"a2-%1$s\"], \"hms_recording_id\": [\"hms-%1$s\"]}"
                        .formatted(recording));
        assertThat(tombstone("was_active")).isEqualTo(false);
        assertThat(tombstone("actor")).isEqualTo("postgres");
        assertThat(tombstone("due_at <= now() AND removed_at IS NULL AND stopped_at IS NULL")).isEqualTo(true);
        assertThat(kulti.superuser.value("SELECT count(*) FROM kulti_recording.recording_progress"
                + " WHERE recording_id = ?", recording)).isEqualTo(0L);
        assertThat(kulti.superuser.value("SELECT count(*) FROM kulti_recording.recording_aliases"
                + " WHERE recording_id = ?", recording)).as("late events are still recognised").isEqualTo(3L);
    }

    @Test
    void namesTheUserWhoDeletedItThroughTheApi() throws SQLException {
        try (var request = kulti.asUser(host)) {
            assertThat(request.update(DELETE, recording)).isOne();
            request.connection().commit();
        }
        assertThat(tombstone("actor")).isEqualTo(host.toString());
    }

    @Test
    void namesTheServerRoleThatDeletedIt() throws SQLException {
        kulti.superuser.run("SET ROLE service_role");
        kulti.superuser.update(DELETE, recording);
        kulti.superuser.run("RESET ROLE");
        assertThat(tombstone("actor")).isEqualTo("service_role");
    }

    @Test
    void namesWhomTheProcessorActsFor() throws SQLException {
        try (var processor = kulti.as(Login.PROCESSOR)) {
            processor.connection().setAutoCommit(false);
            processor.column("SELECT set_config('kulti.actor', 'retention', true)");
            processor.update(DELETE, recording);
            processor.connection().commit();
            var another = kulti.recording(session, "failed");
            processor.update(DELETE, another);
            processor.connection().commit();
            assertThat(tombstone(another, "actor")).as("the setting ended with its transaction")
                    .isEqualTo("kulti_processor");
        }
        assertThat(tombstone("actor")).isEqualTo("retention");
    }

    @Test
    void isLeftByADeletedSessionForEachOfItsRecordings() throws SQLException {
        var active = kulti.recording(session, "recording");
        try (var request = kulti.asUser(host)) {
            assertThat(request.update("DELETE FROM public.sessions WHERE id = ?", session)).isOne();
            request.connection().commit();
        }
        assertThat(tombstone("revision")).isEqualTo(7L);
        assertThat(tombstone("actor")).isEqualTo(host.toString());
        assertThat(tombstone(active, "was_active")).isEqualTo(true);
        assertThat(tombstone(active, "revision")).as("nothing was known yet").isEqualTo(0L);
    }

    @Test
    void saysThatABeamMayRunWhereTheStartWasUnsettled() throws SQLException {
        var start = """
                INSERT INTO kulti_recording.recording_starts (recording_id, command_id, session_id, room_id, started_by,
                  issued_at, deadline, settled_at) VALUES (?, gen_random_uuid(), ?, 'start-room', ?, now(), now(), %s)""";
        kulti.superuser.update(start.formatted("NULL"), recording, session, host);
        var settled = kulti.recording(session, "failed");
        kulti.superuser.update(start.formatted("now()"), settled, session, host);

        kulti.superuser.update("DELETE FROM public.recordings WHERE id IN (?, ?)", recording, settled);

        assertThat(tombstone("was_active")).isEqualTo(true);
        assertThat(tombstone(settled, "was_active")).isEqualTo(false);
        assertThat(tombstone(settled, "room_id")).isEqualTo("start-room");
    }

    @Test
    void countsTheEventThatIsBeingAppliedMeanwhile() throws Exception {
        try (var processor = kulti.as(Login.PROCESSOR)) {
            processor.connection().setAutoCommit(false);
            processor.update("UPDATE kulti_recording.recording_progress SET revision = 8 WHERE recording_id = ?",
                    recording);
            try (var deletion = Background.run(() -> kulti.superuser.update(DELETE, recording))) {
                deletion.awaitLockOf(processor);
                processor.connection().commit();
                deletion.awaitEnd();
            }
        }
        assertThat(tombstone("revision")).isEqualTo(8L);
    }

    @Test
    void isRenewedWhenTheSameRecordingCameBackAndWentAgain() throws SQLException {
        kulti.superuser.update(DELETE, recording);
        kulti.superuser.update("UPDATE kulti_recording.deleted_recordings SET revision = 9, removed_at = now(),"
                + " due_at = NULL WHERE recording_id = ?", recording);
        kulti.superuser.update(
                "INSERT INTO public.recordings (id, session_id, hms_recording_id) VALUES (?, ?, 'again')",
                recording, session);
        kulti.superuser.update(DELETE, recording);

        assertThat(tombstone("revision")).isEqualTo(9L);
        assertThat(tombstone("was_active AND removed_at IS NULL AND due_at IS NOT NULL")).isEqualTo(true);
    }

    @Test
    void cannotBeAvoidedByTruncate() {
        assertThatThrownBy(() -> kulti.superuser.run("TRUNCATE public.sessions CASCADE"))
                .hasMessageContaining("recordings cannot be truncated");
    }

    @Test
    void isSeenByWhoSawTheRecording() throws SQLException {
        kulti.superuser.update(DELETE, recording);
        var seen = "SELECT recording_id FROM kulti_recording.deleted_recordings";
        try (var request = kulti.asUser(host)) {
            assertThat(request.column(seen)).containsExactly(recording);
        }
        try (var request = kulti.asUser(UUID.randomUUID())) {
            assertThat(request.column(seen)).isEmpty();
        }
    }

    private Object tombstone(String what) throws SQLException {
        return tombstone(recording, what);
    }

    private Object tombstone(UUID recording, String what) throws SQLException {
        var value = kulti.superuser.value(
                "SELECT " + what + " FROM kulti_recording.deleted_recordings WHERE recording_id = ?", recording);
        return value == null ? "null" : value;
    }
}
