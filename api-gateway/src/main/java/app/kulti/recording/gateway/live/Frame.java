package app.kulti.recording.gateway.live;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A piece of an event stream, encoded once for all who read it.
 *
 * @param recording what it tells, if it is an event; older ones than known are not sent any more
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">The format</a>
 */
record Frame(ByteBuffer bytes, @Nullable LiveRecording recording) {
    static final Frame HEARTBEAT = new Frame(utf8(": \n\n"), null);

    /** Where the stream is from now on, and how long a reader waits before it comes back. Readers see no event. */
    static Frame position(Instant at, Duration comeBackAfter) {
        return new Frame(utf8("retry: %d\nid: %s\n\n".formatted(comeBackAfter.toMillis(), at)), null);
    }

    /**
     * An event.
     *
     * @param at what a reader has seen everything up to, once it has seen this; null where that is not so
     */
    static Frame event(LiveEvent event, @Nullable Instant at, JsonMapper json) {
        var frame = new ByteArrayOutputStream(512);
        frame.writeBytes("event: recording\n".getBytes(StandardCharsets.UTF_8));
        if (at != null) {
            frame.writeBytes("id: %s\n".formatted(at).getBytes(StandardCharsets.UTF_8));
        }
        frame.writeBytes("data: ".getBytes(StandardCharsets.UTF_8));
        // One line: JSON escapes every line break within a text.
        frame.writeBytes(json.writeValueAsBytes(event));
        frame.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
        return new Frame(ByteBuffer.wrap(frame.toByteArray()), event.recording());
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
