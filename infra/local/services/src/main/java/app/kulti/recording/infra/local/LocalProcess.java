package app.kulti.recording.infra.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A program that runs as a process of its own and ends with this one, in whatever way this one ends. It can be stopped,
 * killed and started again, as a fault test does. It is for one thread, but {@link #stop} and {@link #kill} may come
 * from another.
 */
public final class LocalProcess implements AutoCloseable {

    private static final long POLL_MILLIS = 50;
    private static final int SHOWN_LINES = 25;

    private final Program program;
    private volatile Process process;
    private volatile long logStart;

    LocalProcess(Program program) {
        this.program = program;
        this.process = launch();
    }

    public Program program() {
        return program;
    }

    /** The program's own process id, new after each start. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Hands over each line that it logs from this start to its end, as it comes: for a console. */
    public void follow(Consumer<String> lines) {
        LogFollower.start(program.log(), logStart, process, lines);
    }

    /** Its exit status, once it has ended in whatever way; this start's, not the next one's. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /**
     * Waits until it is ready.
     *
     * @throws LocalServiceException with the end of its log when it ends before that, or is not ready in time; it is
     * then killed
     */
    public LocalProcess awaitReady() {
        var deadline = System.nanoTime() + program.readyWithin().toNanos();
        while (!isReady()) {
            if (waitFor(POLL_MILLIS)) {
                throw new LocalServiceException("%s ended with status %d before it was ready. %s"
                        .formatted(program.name(), process.exitValue(), endOfLog()));
            }
            if (System.nanoTime() > deadline) {
                kill();
                throw new LocalServiceException("%s was not ready after %d s. %s".formatted(program.name(),
                        program.readyWithin().toSeconds(), endOfLog()));
            }
        }
        return this;
    }

    /**
     * Waits until it has ended by itself and well, as a job does.
     *
     * @throws LocalServiceException with the end of its log when its status is not 0, or it has not ended in time; it
     * is then killed
     */
    public void awaitEnd(Duration limit) {
        if (!waitFor(limit.toMillis())) {
            kill();
            throw new LocalServiceException(
                    "%s had not ended after %d s. %s".formatted(program.name(), limit.toSeconds(), endOfLog()));
        }
        if (process.exitValue() != 0) {
            throw new LocalServiceException(
                    "%s ended with status %d. %s".formatted(program.name(), process.exitValue(), endOfLog()));
        }
    }

    /** Asks it to end, and kills it when it has not done so in time. Does nothing when it has ended. */
    public void stop() {
        if (!process.isAlive()) {
            return;
        }
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // One second more than the watcher has, which then kills it by itself.
        if (!waitFor(program.stopWithin().plusSeconds(1).toMillis())) {
            kill();
        }
    }

    /** Ends it and its own children at once, as {@code kill -9} does, and waits until they are gone. */
    public void kill() {
        var children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        if (!waitFor(10_000)) {
            throw new LocalServiceException(
                    "%s (process %d) is still there after kill -9".formatted(program.name(), pid()));
        }
        for (var child : children) {
            child.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
    }

    /** Stops it if it still runs, starts it again with the same command and waits until it is ready. */
    public void restart() {
        stop();
        process = launch();
        awaitReady();
    }

    @Override
    public void close() {
        stop();
    }

    /** What it has logged since its latest start. */
    String logSinceStart() throws IOException {
        try (var channel = FileChannel.open(program.log())) {
            channel.position(logStart);
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Process launch() {
        var log = program.log().toFile();
        var builder = new ProcessBuilder(Leash.around(program)).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().putAll(program.environment());
        try {
            Files.createDirectories(program.log().getParent());
            logStart = log.length();
            var started = builder.start();
            var _ = started.onExit().thenAccept(LocalProcess::dismissWatcher);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("%s could not be started".formatted(program.name()), e);
        }
    }

    private static void dismissWatcher(Process ended) {
        try (var pipe = ended.getOutputStream()) {
            pipe.write('\n');
        } catch (IOException _) {
            // It has gone already: stop() closed the pipe.
        }
    }

    private boolean isReady() {
        try {
            return program.ready().isReady(this);
        } catch (IOException _) {
            return false;
        }
    }

    private boolean waitFor(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new LocalServiceException(
                    "Interrupted while waiting for %s, which was killed".formatted(program.name()), e);
        }
    }

    private String endOfLog() {
        List<String> lines;
        try {
            lines = logSinceStart().lines().toList();
        } catch (IOException e) {
            return "Its log %s cannot be read: %s".formatted(program.log(), e.getMessage());
        }
        return "The end of its log %s:%n%s".formatted(program.log(),
                String.join(System.lineSeparator(),
                        lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size())));
    }
}
