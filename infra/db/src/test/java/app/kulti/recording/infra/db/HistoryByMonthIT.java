package app.kulti.recording.infra.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way from one table of history to one a month, as infra/docs/capacity.md has it. */
class HistoryByMonthIT {
    private static final int ROWS = 2_000;

    private final Kulti kulti = new Kulti();
    private final UUID host = UUID.randomUUID();
    private UUID recording = host;

    @BeforeEach
    void aHistoryThatIsParted() throws Exception {
        recording = kulti.recording(kulti.session(host), "completed");
        kulti.superuser.update(
                """
                INSERT INTO kulti_recording.recording_history (recording_id, event_id, type, source_topic,
                  source_partition, source_offset, decided_at, decision)
                SELECT CASE WHEN n <= 10 THEN ?::uuid ELSE gen_random_uuid() END, gen_random_uuid(),
                  'beam.started.success', 'hms.webhooks', 0, n, now() - n * interval '2 hours', 'applied' FROM generate_series(1, ?) n""",
                recording, ROWS);
        // One by one: an index is not made CONCURRENTLY within a transaction.
        for (var statement : script("prepare").split(";\n+(?=(?:CREATE|ALTER|DO|RESET|--) )", -1)) {
            if (!statement.isBlank()) {
                kulti.superuser.run(statement);
            }
        }
        kulti.superuser.connection().setAutoCommit(false);
        kulti.superuser.run(script("switch"));
        kulti.superuser.connection().commit();
        kulti.superuser.connection().setAutoCommit(true);
    }

    @AfterEach
    void close() {
        kulti.close();
    }

    @Test
    void nothingIsLostAndNewRowsGoToTheirMonth() throws Exception {
        assertThat(count("recording_history")).isEqualTo(ROWS);
        try (var processor = kulti.as(Login.PROCESSOR)) {
            assertThat(write(processor, UUID.randomUUID(), "0 months")).isOne();
            assertThat(write(processor, UUID.randomUUID(), "3 months")).isOne();
            assertThat(write(processor, UUID.randomUUID(), "5 years")).isOne();
        }
        assertThat(count("recording_history_before")).isEqualTo(ROWS + 1);
        assertThat(count(month("3 months"))).isOne();
        assertThat(count("recording_history_later")).isOne();
        assertThat(kulti.superuser.value("SELECT count(DISTINCT id) FROM kulti_recording.recording_history")).isEqualTo(
                ROWS + 3L);
    }

    @Test
    void anEventIsThereOnceInItsMonthAndIsFoundByItsIdInAny() throws Exception {
        var event = UUID.randomUUID();
        try (var processor = kulti.as(Login.PROCESSOR)) {
            assertThat(write(processor, event, "3 months")).isOne();
            assertThat(write(processor, event, "3 months")).isZero();
            assertThat(processor.column("SELECT recording_id FROM kulti_recording.recording_history WHERE event_id = ?",
                    event)).containsExactly(recording);
            assertThat(processor.update("UPDATE kulti_recording.recording_history SET decided_at = now() + interval"
                    + " '4 months' WHERE event_id = ?", event)).as("judged again, it moves").isOne();
        }
        assertThat(count(month("4 months"))).isOne();
        var plan = kulti.superuser.column("EXPLAIN SELECT * FROM kulti_recording.recording_history WHERE event_id = ?",
                event).toString();
        assertThat(plan).doesNotContain("Seq Scan on recording_history_before");
    }

    @Test
    void whoMaySeeItIsAsBefore() throws Exception {
        try (var user = kulti.asUser(host)) {
            assertThat(user.column("SELECT decision FROM kulti_recording.recording_history")).hasSize(10);
        }
        try (var stranger = kulti.asUser(UUID.randomUUID())) {
            assertThat(stranger.column("SELECT decision FROM kulti_recording.recording_history")).isEmpty();
        }
        try (var user = kulti.asUser(host)) {
            assertThatThrownBy(() -> user.column("SELECT decision FROM kulti_recording.recording_history_before"))
                    .isInstanceOf(SQLException.class).hasMessageContaining("permission denied");
        }
    }

    @Test
    void whatIsPastItsTimeIsForgottenAndTheLivingIsKept() throws Exception {
        var old = 90 * 24 / 2;
        kulti.superuser.update("UPDATE kulti_recording.recording_history SET recording_id = ? WHERE source_offset > ?",
                recording, ROWS - 5);

        var staying = kulti.superuser.value("SELECT kulti_recording.forget_history(?::regclass)",
                "kulti_recording.recording_history_before");

        assertThat(count("recording_history")).isEqualTo(staying).isBetween(old - 1L + 5, old + 5L);
        assertThat(
                kulti.superuser.value("SELECT count(*) FROM kulti_recording.recording_history WHERE recording_id = ?",
                        recording))
                .isEqualTo(15L);
    }

    @Test
    void aFurtherRunMakesWhatIsMissingOnly() throws Exception {
        kulti.superuser.run("SELECT kulti_recording.make_history_months(14)");
        kulti.superuser.run("SELECT kulti_recording.make_history_months(14)");
        // The months, what was before, and what comes later.
        assertThat(kulti.superuser.value("SELECT count(*) FROM pg_inherits WHERE inhparent ="
                + " 'kulti_recording.recording_history'::regclass")).isEqualTo(14L + 2);
    }

    /** As the processor does. */
    private int write(Sql processor, UUID event, String ahead) throws SQLException {
        return processor.update("""
                INSERT INTO kulti_recording.recording_history (recording_id, event_id, type, source_topic,
                  source_partition, source_offset, decided_at, decision)
                VALUES (?, ?, 't', 'hms.webhooks', 0, 0, now() + ?::interval, 'applied') ON CONFLICT DO NOTHING""",
                recording, event, ahead);
    }

    private String month(String ahead) throws SQLException {
        return "recording_history_" + kulti.superuser.value("SELECT to_char(now() + ?::interval, 'YYYY_MM')", ahead);
    }

    private long count(String table) throws SQLException {
        return (long) Objects.requireNonNull(kulti.superuser.value("SELECT count(*) FROM kulti_recording." + table));
    }

    private static String script(String half) {
        return LocalDatabase.script("/db/scale/history_by_month_" + half + ".sql");
    }
}
