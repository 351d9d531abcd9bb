package app.kulti.recording.gateway.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.App;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.query.Recordings.Wanted;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A list costs what its caller sees, not what there is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListPlanIT {
    private static final Pattern ACTUAL_ROWS = Pattern.compile("\\(actual rows=([0-9.]+) loops=([0-9]+)\\)");
    private static final Pattern REMOVED_ROWS = Pattern.compile("Rows Removed by [A-Za-z ]+: ([0-9]+)");
    private static final int VISIBLE = 200;
    private static final int HOSTED = 100;
    private static final int PAGE = 20;

    private final UUID user = UUID.randomUUID();
    private final Caller caller = new Caller(new UserId(user),
            "{\"sub\": \"%s\", \"role\": \"authenticated\"}".formatted(user));
    private final App app = new App();
    private final AsCaller database = new AsCaller(
            ConnectionFactories.get(ConnectionFactoryOptions.parse(app.r2dbcUrl())
                    .mutate().option(ConnectionFactoryOptions.USER, App.username())
                    .option(ConnectionFactoryOptions.PASSWORD, App.password()).build()));

    @BeforeAll
    void amongManyRecordings() {
        app.update("INSERT INTO public.sessions (title, host_id)"
                + " SELECT 'Session ' || n, CASE WHEN n <= ? THEN ?::uuid ELSE gen_random_uuid() END"
                + " FROM generate_series(1, 20000) n", HOSTED, user);
        app.update("INSERT INTO public.session_participants (session_id, user_id) SELECT s.id,"
                + " CASE WHEN row_number() OVER (ORDER BY s.id) <= ? THEN ?::uuid ELSE gen_random_uuid() END"
                + " FROM public.sessions s WHERE s.host_id <> ?", VISIBLE - HOSTED, user, user);
        app.update("INSERT INTO public.recordings (session_id, hms_recording_id, status)"
                + " SELECT id, id::text, 'completed' FROM public.sessions");
        app.update("INSERT INTO kulti_recording.recording_progress (recording_id, session_id, revision, facts)"
                + " SELECT id, session_id, 1, '{}' FROM public.recordings");
        app.update(
                "ANALYZE public.sessions, public.session_participants, public.recordings, kulti_recording.recording_progress");
    }

    @Test
    void onlyTheCallersRowsAreTouchedAndOnlyThePageIsReadInFull() {
        var query = PostgresRecordings.listing(new Wanted(PAGE, 0, null, null, null));
        List<String> lines = database
                .read(caller, "EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF, SUMMARY OFF) " + query.sql(),
                        query.values(), row -> String.valueOf(row.get(0, String.class)))
                .block(Duration.ofSeconds(20));
        var plan = String.join("\n", lines == null ? List.of() : lines);

        assertThat(plan).contains("CTE visible").doesNotContain("SubPlan", "Seq Scan on recording");
        var mostRowsOfANode = ACTUAL_ROWS.matcher(plan).results()
                .mapToDouble(node -> Double.parseDouble(node.group(1)) * Long.parseLong(node.group(2))).max()
                .orElseThrow();
        assertThat(mostRowsOfANode).as(plan).isBetween((double) VISIBLE, (double) VISIBLE + PAGE);
        var readInVain = REMOVED_ROWS.matcher(plan).results().mapToLong(node -> Long.parseLong(node.group(1))).sum();
        assertThat(readInVain).as(plan).isLessThanOrEqualTo(PAGE);
    }
}
