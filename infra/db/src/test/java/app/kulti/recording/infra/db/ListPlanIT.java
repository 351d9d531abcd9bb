package app.kulti.recording.infra.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A caller's list costs what the caller sees, not what there is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListPlanIT {

    private static final Pattern ACTUAL_ROWS = Pattern.compile("\\(actual rows=([0-9.]+) loops=([0-9]+)\\)");
    private static final int HOSTED = 20;
    private static final int WATCHED = 20;

    private final UUID caller = UUID.randomUUID();
    private final Kulti kulti = new Kulti();

    @BeforeAll
    void amongManyRecordings() throws SQLException {
        kulti.superuser.update("""
                INSERT INTO public.sessions (title, host_id)
                SELECT 'Session ' || n, CASE WHEN n <= ? THEN ?::uuid ELSE gen_random_uuid() END
                FROM generate_series(1, 20000) n""", HOSTED, caller);
        kulti.superuser.update("""
                INSERT INTO public.session_participants (session_id, user_id)
                SELECT id, ?::uuid FROM public.sessions WHERE host_id <> ?::uuid LIMIT ?""", caller, caller, WATCHED);
        kulti.superuser.update("""
                INSERT INTO public.recordings (session_id, hms_recording_id, status)
                SELECT id, id::text, 'completed' FROM public.sessions""");
        kulti.superuser.run("ANALYZE public.sessions, public.session_participants, public.recordings");
    }

    @AfterAll
    void close() {
        kulti.close();
    }

    @Test
    void theSessionsOfTheCallerAreFoundOnceAndTheRestIsNeverTouched() throws SQLException {
        for (var query : new String[]{
                "SELECT * FROM public.recordings ORDER BY created_at DESC, id LIMIT 20",
                "SELECT count(*) FROM public.recordings"}) {
            var plan = explain(query);
            assertThat(plan).contains("InitPlan").doesNotContain("SubPlan", "Seq Scan", "Rows Removed by Filter");
            assertThat(mostRowsOfANode(plan)).as(plan).isLessThanOrEqualTo(HOSTED + WATCHED);
        }
    }

    @Test
    void theSameHoldsForAHostWhoDeletes() throws SQLException {
        var plan = explain("DELETE FROM public.recordings WHERE id = '%s'".formatted(UUID.randomUUID()));
        assertThat(plan).contains("InitPlan").doesNotContain("SubPlan", "Seq Scan");
    }

    @Test
    void andForWhatBelongsToARecording() throws SQLException {
        var plan = explain("""
                SELECT r.id, p.mirror_state FROM public.recordings r
                LEFT JOIN kulti_recording.recording_progress p ON p.recording_id = r.id
                ORDER BY r.created_at DESC LIMIT 20""");
        assertThat(plan).contains("InitPlan").doesNotContain("SubPlan");
    }

    private String explain(String query) throws SQLException {
        try (var request = kulti.asUser(caller)) {
            return request.column("EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF, SUMMARY OFF) " + query).stream()
                    .map(String::valueOf).collect(Collectors.joining("\n"));
        }
    }

    private static double mostRowsOfANode(String plan) {
        return ACTUAL_ROWS.matcher(plan).results()
                .mapToDouble(node -> Double.parseDouble(node.group(1)) * Long.parseLong(node.group(2)))
                .max().orElseThrow();
    }
}
