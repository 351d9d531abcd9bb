package app.kulti.recording.gateway.postgres;

import app.kulti.recording.gateway.access.Caller;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Statements as the calling user: one transaction, within which the login turns into Supabase's role {@code authenticated} with the
 * caller's claims, as PostgREST does it, so that row level security decides what there is to see. The login by itself may read
 * nothing, so a query that ran outside of it would fail.
 *
 * <p>An answer is one trip to the database away. The query is written right behind the beginning without waiting for it, which
 * PostgreSQL refuses to run if the beginning failed, and the end of the transaction is not waited for.
 */
final class AsCaller {
    private static final Base64.Encoder BASE64 = Base64.getEncoder();

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
        // next() takes the rows and leaves the release of the connection behind.
        return toItsEnd(Flux.usingWhen(pool.create(),
                connection -> inOneTrip(begin(connection, caller, "BEGIN READ ONLY"),
                        query(connection, sql, values, mapping)),
                AsCaller::release).next());
    }

    /** The rows of a statement that writes, once they are committed; one trip more than a read. */
    <T> Mono<List<T>> write(Caller caller, String sql, List<?> values, Function<Row, T> mapping) {
        return toItsEnd(Mono.usingWhen(pool.create(),
                connection -> inOneTrip(begin(connection, caller, "BEGIN"), query(connection, sql, values, mapping)),
                AsCaller::commit, (connection, _) -> release(connection), AsCaller::release));
    }

    /**
     * A request that is given up must not break a transaction off: the connection would go back to the pool amidst it. The
     * request's context stays outside, since without automatic propagation Reactor would restore thread locals from it around
     * each row.
     */
    static <T> Mono<T> toItsEnd(Mono<T> transaction) {
        return Mono.<T>fromFuture(transaction::toFuture, true).onErrorMap(DatabaseFaults::told);
    }

    private static <T> Mono<List<T>> inOneTrip(Flux<T> beginning, Flux<T> query) {
        return Flux.mergeSequentialDelayError(List.of(beginning, query), 2, 256)
                // The first to fail says why; the other only that it failed.
                .onErrorMap(Exceptions::isMultiple, e -> Exceptions.unwrapMultiple(e).getFirst())
                .collectList();
    }

    /**
     * As a simple query, since the driver holds back whatever comes after a query with parameters until that is answered. A
     * simple query has no parameters: the claims stand in it in an alphabet that cannot end a literal.
     */
    private static <T> Flux<T> begin(Connection connection, Caller caller, String transaction) {
        var claims = BASE64.encodeToString(caller.claims().getBytes(StandardCharsets.UTF_8));
        var statement = connection.createStatement("""
                %s;
                SELECT set_config('role', 'authenticated', true),
                  set_config('request.jwt.claims', convert_from(decode('%s', 'base64'), 'UTF8'), true)"""
                .formatted(transaction, claims));
        return Flux.from(statement.execute()).flatMap(Result::getRowsUpdated).thenMany(Flux.empty());
    }

    static <T> Flux<T> query(Connection connection, String sql, List<?> values, Function<Row, T> mapping) {
        var statement = connection.createStatement(sql);
        for (int i = 0; i < values.size(); i++) {
            statement.bind(i, values.get(i));
        }
        return Flux.from(statement.execute()).flatMap(result -> result.map((row, _) -> mapping.apply(row)));
    }

    private static Publisher<Void> commit(Connection connection) {
        return Mono.from(connection.commitTransaction()).onErrorResume(e -> Mono.from(release(connection))
                .then(Mono.error(e))).then(Mono.from(connection.close()));
    }

    /** There is nothing to commit, or nothing that should be. */
    private static Publisher<Void> release(Connection connection) {
        return Mono.from(connection.rollbackTransaction()).onErrorComplete().then(Mono.from(connection.close()));
    }
}
