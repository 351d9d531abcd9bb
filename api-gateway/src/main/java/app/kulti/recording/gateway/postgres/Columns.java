package app.kulti.recording.gateway.postgres;

import io.r2dbc.spi.Row;

/** Columns that the schema declares NOT NULL. */
final class Columns {
    private Columns() {}

    static <T> T required(Row row, String name, Class<T> type) {
        var value = row.get(name, type);
        if (value == null) {
            throw new IllegalStateException("the column " + name + " is null");
        }
        return value;
    }
}
