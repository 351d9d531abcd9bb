package app.kulti.recording.infra.local.hms.beam;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the ledger in one JSON file, written whole and renamed into place while it changes: four times a second, or less
 * often when it has grown so large that writing would keep a core busy.
 */
public final class LedgerFile implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LedgerFile.class);
    private static final int PAUSE_MILLIS = 250;
    // So that writing takes at most a twentieth of the time.
    private static final int PAUSE_PER_EFFORT = 20;

    private final Path file;
    private final JsonMapper json;
    private final Ledger ledger = new Ledger();
    private final ScheduledExecutorService writer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("ledger-writer").factory());
    private long written;
    private long idleUntil = System.nanoTime();

    /**
     * Makes a ledger, as the file has it if there is one, and follows it from then on.
     *
     * @throws UncheckedIOException when the file or its folder cannot be used
     */
    public LedgerFile(Path file, JsonMapper json) {
        this.file = file;
        this.json = json;
        ledger.restore(read());
        this.written = ledger.changes();
        var _ = writer.scheduleWithFixedDelay(this::writeUnlessTired, PAUSE_MILLIS, PAUSE_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** The ledger that this file is about. */
    public Ledger ledger() {
        return ledger;
    }

    private Ledger.Snapshot read() {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.exists(file)
                    ? json.readValue(Files.readAllBytes(file), Ledger.Snapshot.class)
                    : new Ledger.Snapshot(List.of(), List.of(), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (JacksonException e) {
            throw new IllegalStateException("what an earlier simulator left in " + file
                    + " cannot be read; move the folder away to begin anew", e);
        }
    }

    private void writeUnlessTired() {
        long begun = System.nanoTime();
        if (begun - idleUntil >= 0) {
            writeIfChanged();
            idleUntil = begun + PAUSE_PER_EFFORT * (System.nanoTime() - begun);
        }
    }

    private synchronized void writeIfChanged() {
        long changes = ledger.changes();
        if (changes == written) {
            return;
        }
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".draft");
            json.writeValue(draft, ledger.snapshot());
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            written = changes;
        } catch (IOException | RuntimeException e) {
            // The next round tries again; a throw would end the schedule.
            log.error("cannot write {}", file, e);
        }
    }

    /** Writes what is not yet written. */
    @Override
    public void close() {
        writer.shutdownNow();
        writeIfChanged();
    }
}
