package app.kulti.recording.infra.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A server on this machine: ready when it is handed out, with its data in its own folder. */
public sealed interface LocalService extends AutoCloseable permits LocalKafka, LocalPostgres, LocalS3 {

    LocalProcess process();

    /** The folder that nobody but the server writes to. */
    Path data();

    /** Ends it in good order; its data stays. */
    default void stop() {
        process().stop();
    }

    /** {@code kill -9}. */
    default void kill() {
        process().kill();
    }

    /**
     * Brings it back on the same port with the same data, after {@link #stop} and {@link #kill} as well as while it
     * runs.
     */
    default void restart() {
        process().restart();
    }

    /** Ends it at once and forgets its data; its log stays. */
    default void discard() {
        kill();
        try {
            Folders.delete(data());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    default void close() {
        stop();
    }
}
