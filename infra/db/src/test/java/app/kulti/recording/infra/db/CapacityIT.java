package app.kulti.recording.infra.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Rows are as large as infra/docs/capacity.md says: those of one recording of a local run, many times. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CapacityIT {
    private static final Path DOCUMENT = Path.of("..", "docs", "capacity.md");
    private static final Path ONE_RECORDING = Path.of("src", "test", "resources", "one-recording.ndjson");
    /** {@code | `table` | rows of a recording | bytes of a row |}. */
    private static final Pattern LINE = Pattern.compile("^\\| `(\\w+)` \\| (\\d+) \\| ([\\d,]+) \\|",
            Pattern.MULTILINE);
    private static final int RECORDINGS = 2_000;

    private final Kulti kulti = new Kulti();
    private final Map<String, Long> bytes = new HashMap<>();

    /** What the document says of a table. */
    private record Said(String table, long rows, long bytes) {
        static List<Said> all() {
            try {
                return LINE.matcher(Files.readString(DOCUMENT)).results().map(line -> new Said(line.group(1),
                        Long.parseLong(line.group(2)), Long.parseLong(line.group(3).replace(",", "")))).toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeAll
    void manyRecordings() throws Exception {
        kulti.superuser.run("""
                CREATE TEMPORARY TABLE ids AS SELECT gen_random_uuid() AS recording, gen_random_uuid() AS session,
                  left(md5(random()::text), 12) AS hms FROM generate_series(1, %d);
                INSERT INTO public.sessions (id, title, host_id) SELECT session, 'Pottery', recording FROM ids;
                """.formatted(RECORDINGS));
        for (var line : Files.readAllLines(ONE_RECORDING)) {
            var table = kulti.superuser.value("SELECT ?::jsonb ->> 'table'", line);
            kulti.superuser.update("""
                    INSERT INTO %1$s OVERRIDING USER VALUE SELECT one.* FROM ids,
                      LATERAL jsonb_populate_record(NULL::%1$s, replace(replace(replace(?, 'RECORDING-ID',
                        recording::text), 'SESSION-ID', session::text), 'HMS-ID', hms)::jsonb -> 'row'
                      || jsonb_build_object('event_id', gen_random_uuid(), 'command_id', gen_random_uuid())) one
                    """.formatted(table), line);
        }
        for (var table : List.of("public.recordings", "kulti_recording.recording_progress",
                "kulti_recording.recording_aliases", "kulti_recording.recording_starts",
                "kulti_recording.recording_history")) {
            measure(table);
        }
        kulti.superuser.run("DELETE FROM public.recordings");
        measure("kulti_recording.deleted_recordings");
    }

    private void measure(String table) throws SQLException {
        kulti.superuser.run("VACUUM ANALYZE " + table);
        bytes.put(table.substring(table.indexOf('.') + 1), (long) Objects.requireNonNull(kulti.superuser.value(
                "SELECT pg_total_relation_size('%1$s') / (SELECT count(*) FROM %1$s)".formatted(table))));
    }

    @AfterAll
    void close() {
        kulti.close();
    }

    @Test
    void aRowTakesAsManyBytesAsTheDocumentSays() {
        assertThat(Said.all().stream().map(Said::table)).containsExactlyInAnyOrderElementsOf(bytes.keySet());
        assertThat(Said.all()).as("measured: %s", bytes).allSatisfy(said -> assertThat(
                bytes.get(said.table())).as(said.table()).isCloseTo(said.bytes(), withinPercentage(10)));
    }

    @Test
    void aRecordingHasAsManyRowsAsTheDocumentSays() throws Exception {
        var lines = Files.readAllLines(ONE_RECORDING).stream().collect(Collectors.groupingBy(
                line -> line.replaceAll(".*\"table\": \"\\w+\\.(\\w+)\".*", "$1"), Collectors.counting()));

        assertThat(Said.all()).filteredOn(said -> !said.table().equals("deleted_recordings")).isNotEmpty().allSatisfy(
                said -> assertThat(lines.get(said.table())).as(said.table()).isEqualTo(said.rows()));
    }
}
