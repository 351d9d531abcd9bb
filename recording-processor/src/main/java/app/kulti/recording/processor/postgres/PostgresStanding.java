package app.kulti.recording.processor.postgres;

import app.kulti.recording.processor.figures.LooksAtAll;
import app.kulti.recording.processor.figures.Standing;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The few that are not finished are found by their status; only the sum reads every row. */
final class PostgresStanding implements LooksAtAll {
    private final DatabaseClient database;

    PostgresStanding(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Standing> standing(Instant now) {
        return database.sql("""
                SELECT
                  (SELECT count(*) FROM public.recordings WHERE status = 'recording') AS active,
                  (SELECT min(coalesce(p.ended_at, p.begun_at, r.created_at))
                    FROM public.recordings r LEFT JOIN kulti_recording.recording_progress p ON p.recording_id = r.id
                    WHERE r.status = 'processing') AS processing_since,
                  (SELECT min(coalesce(p.ended_at, p.begun_at))
                    FROM kulti_recording.recording_progress p
                    WHERE p.mirror_state IN ('wanted', 'copying')) AS unmirrored_since,
                  (SELECT coalesce(sum(p.mirror_bytes), 0)::bigint FROM kulti_recording.recording_progress p
                    WHERE p.mirror_state = 'verified') AS stored
                """).map(row -> new Standing(number(row, "active"), age(row, "processing_since", now),
                age(row, "unmirrored_since", now), number(row, "stored"))).one();
    }

    private static long number(Readable row, String column) {
        var number = row.get(column, Long.class);
        return number == null ? 0 : number;
    }

    private static Duration age(Readable row, String column, Instant now) {
        @Nullable
        OffsetDateTime since = row.get(column, OffsetDateTime.class);
        return since == null || since.toInstant().isAfter(now)
                ? Duration.ZERO
                : Duration.between(since.toInstant(), now);
    }
}
