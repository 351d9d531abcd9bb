package app.kulti.recording.infra.messaging;

import io.micrometer.tracing.TraceContext;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which span something follows from, as messages say it.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C Trace Context: traceparent</a>
 */
record Traceparent(String traceId, String spanId, boolean sampled) {
    private static final Pattern FORM = Pattern.compile(
            "00-(?<trace>[0-9a-f]{32})-(?<span>[0-9a-f]{16})-[0-9a-f](?<sampled>[0-9a-f])");

    static Traceparent of(TraceContext context) {
        return new Traceparent(context.traceId(), context.spanId(), Boolean.TRUE.equals(context.sampled()));
    }

    /** Nothing of what is absent, or of another version or form: a broken one is as good as none. */
    static Optional<Traceparent> of(@Nullable String text) {
        var found = FORM.matcher(text == null ? "" : text);
        return found.matches()
                ? Optional.of(new Traceparent(found.group("trace"), found.group("span"),
                        Character.digit(found.group("sampled").charAt(0), 16) % 2 == 1))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "00-%s-%s-%s".formatted(traceId, spanId, sampled ? "01" : "00");
    }
}
