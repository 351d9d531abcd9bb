package app.kulti.recording.infra.bench.streams;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One person's open stream, read line by line. */
final class Reader {
    private static final int LONGEST_LINE = 4096;

    /** The session that they are in; null for a stranger. */
    private final @Nullable UUID session;
    private final byte[] line = new byte[LONGEST_LINE];
    private int length;
    private boolean open;
    private int told;
    private int latest;
    private long latestAt;

    Reader(@Nullable UUID session) {
        this.session = session;
    }

    /**
     * What came.
     *
     * @param now {@link System#nanoTime} when it did
     * @throws IllegalStateException when it is none of this reader's business, or no stream at all
     */
    void read(ByteBuffer bytes, long now) {
        while (bytes.hasRemaining()) {
            var b = bytes.get();
            if (b == '\n') {
                read(new String(line, 0, length, StandardCharsets.US_ASCII), now);
                length = 0;
            } else {
                line[length++] = b;
            }
        }
    }

    private void read(String text, long now) {
        if (text.startsWith("HTTP/") && !text.startsWith("HTTP/1.1 200 ")) {
            throw new IllegalStateException("a stream was refused: " + text);
        } else if (text.startsWith("id: ")) {
            open = true;
        } else if (text.startsWith("data: ")) {
            told++;
            if (session == null || !text.contains("\"session_id\":\"" + session + "\"")) {
                throw new IllegalStateException("somebody was told what is none of their business");
            }
            latest = Integer.parseInt(between(text, "\"revision\":", ","));
            latestAt = now;
        }
    }

    private static String between(String text, String before, String after) {
        var begin = text.indexOf(before) + before.length();
        return text.substring(begin, text.indexOf(after, begin));
    }

    boolean isOpen() {
        return open;
    }

    /** Whether they are in a session. */
    boolean isMember() {
        return session != null;
    }

    @Nullable
    UUID session() {
        return session;
    }

    /** How many events came. */
    int told() {
        return told;
    }

    /** Revision that the last event carried. */
    int latest() {
        return latest;
    }

    /** {@link System#nanoTime} when it came. */
    long latestAt() {
        return latestAt;
    }
}
