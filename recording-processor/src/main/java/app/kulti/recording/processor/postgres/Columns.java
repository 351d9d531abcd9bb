package app.kulti.recording.processor.postgres;

import io.r2dbc.postgresql.codec.Json;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Rows, bound column by column for {@code unnest}: one statement, and one plan, for however many rows.
 *
 * @param <T> what a row is made of
 */
final class Columns<T> {
    private final List<T> rows;
    private final String prefix;
    private GenericExecuteSpec statement;

    private Columns(List<T> rows, GenericExecuteSpec statement, String prefix) {
        this.rows = rows;
        this.statement = statement;
        this.prefix = prefix;
    }

    static <T> Columns<T> of(List<T> rows, GenericExecuteSpec statement) {
        return of(rows, statement, "");
    }

    /** The same, in a statement where each name has a prefix. */
    static <T> Columns<T> of(List<T> rows, GenericExecuteSpec statement, String prefix) {
        return new Columns<>(rows, statement, prefix);
    }

    /** The same for every row. */
    Columns<T> value(String name, Object value) {
        statement = statement.bind(prefix + name, value);
        return this;
    }

    private <V> Columns<T> bind(String name, IntFunction<@Nullable V[]> array, Function<T, @Nullable V> column) {
        return value(name, rows.stream().map(column).toArray(array));
    }

    Columns<T> uuid(String name, Function<T, @Nullable UUID> column) {
        return bind(name, UUID[]::new, column);
    }

    Columns<T> text(String name, Function<T, @Nullable String> column) {
        return bind(name, String[]::new, column);
    }

    Columns<T> json(String name, Function<T, @Nullable String> column) {
        return bind(name, Json[]::new, row -> {
            var json = column.apply(row);
            return json == null ? null : Json.of(json);
        });
    }

    Columns<T> time(String name, Function<T, @Nullable Instant> column) {
        return bind(name, Instant[]::new, column);
    }

    Columns<T> number(String name, Function<T, @Nullable Long> column) {
        return bind(name, Long[]::new, column);
    }

    Columns<T> integer(String name, Function<T, @Nullable Integer> column) {
        return bind(name, Integer[]::new, column);
    }

    Columns<T> bool(String name, Function<T, @Nullable Boolean> column) {
        return bind(name, Boolean[]::new, column);
    }

    GenericExecuteSpec bound() {
        return statement;
    }
}
