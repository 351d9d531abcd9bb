package app.kulti.recording.processor.postgres;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.processor.advance.Changes;
import app.kulti.recording.processor.advance.RecordingStore;
import app.kulti.recording.processor.advance.Scope;
import app.kulti.recording.processor.advance.Snapshot;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** The tables of contract section 6. */
final class PostgresRecordings implements RecordingStore {
    private static final int RACES = 5;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final InstantSource clock;

    PostgresRecordings(DatabaseClient database, TransactionalOperator transaction, InstantSource clock) {
        this.database = database;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public Mono<Changes> change(Scope scope, Function<Snapshot, Changes> decide) {
        return Mono.defer(() -> new Reading(database, scope).snapshot()).map(decide)
                .flatMap(changes -> new Writing(database, clock.instant()).write(changes).thenReturn(changes))
                .as(transaction::transactional).as(PostgresRecordings::again);
    }

    /** What lost a race finds on its next try what the other writer has made. */
    private static <T> Mono<T> again(Mono<T> raced) {
        return raced.retryWhen(Retry.max(RACES).filter(PostgresFaults::isRace)
                .onRetryExhaustedThrow((_, last) -> last.failure()));
    }

    @Override
    public <T> Mono<T> consider(Scope scope, Function<Snapshot, T> judge) {
        return transaction.execute(status -> {
            status.setRollbackOnly();
            return new Reading(database, scope).snapshot().map(judge);
        }).next().as(PostgresRecordings::again);
    }

    @Override
    public Mono<Set<String>> unclaimed(Collection<String> jobs, RecordingId recording) {
        return database.sql("""
                SELECT a.outside_id FROM kulti_recording.recording_aliases a
                WHERE a.kind = 'job_id' AND a.outside_id = ANY (:jobs) AND a.recording_id <> :recording
                """).bind("jobs", jobs.toArray(String[]::new)).bind("recording", recording.value())
                .map(row -> From.text(row, "outside_id")).all().collectList().map(claimed -> {
                    var unclaimed = new HashSet<>(jobs);
                    unclaimed.removeAll(claimed);
                    return unclaimed;
                });
    }
}
