package app.kulti.recording.processor.postgres;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
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

    /**
     * JSON, to be read by {@code string_to_array(:name, chr(30), '')}: the literal of an array would escape each of its
     * quotes, and a control character stands nowhere in JSON.
     */
    Columns<T> json(String name, Function<T, @Nullable String> column) {
        return value(name, rows.stream().map(column).map(json -> json == null ? "" : json)
                .collect(Collectors.joining("\u001e")));
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
