package app.kulti.recording.gateway.postgres;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Row;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Calls, without a user, of the two functions that the login itself may call. */
final class OwnRights {
    private final ConnectionFactory pool;

    OwnRights(ConnectionFactory pool) {
        this.pool = pool;
    }

    /** The rows of one call, which is a transaction of its own. */
    <T> Mono<List<T>> call(String sql, List<?> values, Function<Row, T> mapping) {
        return AsCaller.toItsEnd(Flux.usingWhen(pool.create(),
                connection -> AsCaller.query(connection, sql, values, mapping), Connection::close).collectList());
    }
}
