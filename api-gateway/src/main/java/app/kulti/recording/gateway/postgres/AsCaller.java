package app.kulti.recording.gateway.postgres;

import app.kulti.recording.gateway.access.Caller;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import java.util.List;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Queries as the calling user: one transaction, within which the login turns into Supabase's role {@code authenticated} with the
 * caller's claims, as PostgREST does it, so that row level security decides what there is to see. The login by itself may read
 * nothing, so a query that ran outside of it would fail.
 *
 * <p>Begin, claims, query and commit are written to the connection one after the other without waiting for answers in between:
 * a read costs one trip to the database and back. PostgreSQL runs them in order, and once one has failed it refuses the others.
 */
final class AsCaller {
    private static final String BECOME = "SELECT set_config('role', 'authenticated', true), "
            + "set_config('request.jwt.claims', $1, true)";

    private final ConnectionFactory pool;

    AsCaller(ConnectionFactory pool) {
        this.pool = pool;
    }

    /**
     * The rows of a query that only reads.
     *
     * @param values its parameters {@code $1, $2, …}
     */
    <T> Mono<List<T>> read(Caller caller, String sql, List<?> values, Function<Row, T> mapping) {
        var transaction = Flux.usingWhen(pool.create(),
                connection -> inOneTrip(connection, caller, query(connection, sql, values, mapping)),
                AsCaller::release).collectList();
        // A request that is given up must not break a transaction off: the connection would go back to the pool amidst it.
        return Mono.deferContextual(context -> Mono.fromFuture(transaction.contextWrite(context)::toFuture, true));
    }

    private static <T> Flux<T> inOneTrip(Connection connection, Caller caller, Publisher<T> query) {
        return Flux.<T>mergeSequentialDelayError(List.of(
                ran(connection.createStatement("BEGIN READ ONLY")),
                ran(connection.createStatement(BECOME).bind("$1", caller.claims())),
                query,
                ran(connection.createStatement("COMMIT"))), 4, 256)
                // The first to fail says why; the others only that it failed.
                .onErrorMap(Exceptions::isMultiple, e -> Exceptions.unwrapMultiple(e).getFirst());
    }

    private static <T> Flux<T> ran(Statement statement) {
        return Flux.from(statement.execute()).flatMap(Result::getRowsUpdated).thenMany(Flux.empty());
    }

    private static <T> Flux<T> query(Connection connection, String sql, List<?> values, Function<Row, T> mapping) {
        var statement = connection.createStatement(sql);
        for (int i = 0; i < values.size(); i++) {
            statement.bind(i, values.get(i));
        }
        return Flux.from(statement.execute()).flatMap(result -> result.map((row, _) -> mapping.apply(row)));
    }

    /** Asks the database for nothing when the transaction has ended, as it always should have. */
    private static Publisher<Void> release(Connection connection) {
        return Mono.from(connection.rollbackTransaction()).onErrorComplete().then(Mono.from(connection.close()));
    }
}
