package app.kulti.recording.infra.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Hands on the lines of a log as they come, until their writer has ended. */
final class LogFollower {

    private static final long POLL_MILLIS = 200;

    private LogFollower() {}

    static void start(Path log, long from, Process writer, Consumer<String> lines) {
        Thread.ofVirtual().name("follow " + log.getFileName()).start(() -> follow(log, from, writer, lines));
    }

    private static void follow(Path log, long from, Process writer, Consumer<String> lines) {
        try (var channel = FileChannel.open(log).position(from);
                var reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            var unfinished = new StringBuilder();
            boolean ended;
            do {
                // Asked before reading, so that its last words are read.
                ended = writer.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
                for (var c = reader.read(); c >= 0; c = reader.read()) {
                    if (c == '\n') {
                        lines.accept(unfinished.toString());
                        unfinished.setLength(0);
                    } else {
                        unfinished.append((char) c);
                    }
                }
            } while (!ended);
            if (!unfinished.isEmpty()) {
                lines.accept(unfinished.toString());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
