package app.kulti.recording.processor.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import app.kulti.recording.infra.local.testing.RealPostgres;
import app.kulti.recording.infra.local.testing.TestDatabase;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;

/** What arrives at the server, by its own words. */
class BinaryArraysIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final TestDatabase EMPTY = RealPostgres.shared().freshDatabase("arrays", _ -> {
        // Needs no table.
    });

    private final DatabaseClient database = DatabaseClient.create(connections());

    @ParameterizedTest
    @MethodSource("arrays")
    void anArrayArrivesAsItIs(Object array, String type, String[] texts) {
        var arrived = database.sql("""
                SELECT pg_typeof(:array)::text AS type, each::text AS text
                FROM unnest(:array) WITH ORDINALITY AS n (each, at) ORDER BY at
                """).bind("array", array)
                .map(row -> row.get("type", String.class) + " " + row.get("text", String.class)).all().collectList()
                .block(LIMIT);

        assertThat(arrived).containsExactly(Stream.of(texts).map(text -> type + " " + text).toArray(String[]::new));
    }

    static List<Arguments> arrays() {
        var id = UUID.fromString("f81d4fae-7dec-41d0-a765-00a0c91e6bf6");
        return List.of(
                arguments(new String[]{"plain", null, "", "NULL", "{\"a\\b\",c} 'd'", "ü€😀"}, "text[]",
                        new String[]{"plain", null, "", "NULL", "{\"a\\b\",c} 'd'", "ü€😀"}),
                arguments(new Json[]{Json.of("{\"b\": [1, null], \"a\": \"ü\"}"), null}, "jsonb[]",
                        new String[]{"{\"a\": \"ü\", \"b\": [1, null]}", null}),
                arguments(new UUID[]{id, null}, "uuid[]", new String[]{id.toString(), null}),
                arguments(new Instant[]{Instant.parse("1999-12-31T23:59:59.999999Z"), null,
                        Instant.parse("2026-11-22T12:00:00.123456789Z"), Instant.parse("+10000-01-01T00:00:00Z")},
                        "timestamp with time zone[]",
                        new String[]{"1999-12-31 23:59:59.999999+00", null, "2026-11-22 12:00:00.123457+00",
                                "10000-01-01 00:00:00+00"}),
                arguments(new Long[]{Long.MIN_VALUE, null, 1L}, "bigint[]",
                        new String[]{"-9223372036854775808", null, "1"}),
                arguments(new Integer[]{Integer.MIN_VALUE, null, 1}, "integer[]",
                        new String[]{"-2147483648", null, "1"}),
                arguments(new Boolean[]{true, null, false}, "boolean[]", new String[]{"true", null, "false"}),
                arguments(new String[0], "text[]", new String[0]));
    }

    @Test
    void aTimeThatNoDatabaseKnowsIsRefusedAndTheConnectionGoesOn() {
        assertThatThrownBy(() -> count(new Instant[]{Instant.EPOCH, Instant.MAX}))
                .isInstanceOf(ArithmeticException.class);

        assertThat(count(new Instant[]{Instant.EPOCH})).isEqualTo(1);
    }

    private long count(Instant[] times) {
        return Objects.requireNonNull(database.sql("SELECT cardinality(:times) AS n").bind("times", times)
                .map(row -> row.get("n", Long.class)).one().block(LIMIT));
    }

    private static ConnectionFactory connections() {
        var options = ConnectionFactoryOptions.parse(EMPTY.r2dbcUrl()).mutate()
                .option(ConnectionFactoryOptions.USER, EMPTY.user())
                .option(ConnectionFactoryOptions.PASSWORD, EMPTY.password())
                .option(PostgresqlConnectionFactoryProvider.FORCE_BINARY, true);
        new PostgresConfiguration().arraysAreBinary().customize(options);
        options.option(PostgresqlConnectionFactoryProvider.TIME_ZONE, TimeZone.getTimeZone("UTC"));
        return ConnectionFactories.get(options.build());
    }
}
