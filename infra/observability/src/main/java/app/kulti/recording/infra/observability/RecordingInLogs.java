package app.kulti.recording.infra.observability;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The recording that a line of the log is about, as a field of its own. Set in the MDC it is handed on, with the trace, to
 * whatever thread goes on with the work ({@code io.micrometer.context}); where there is no one thread, a line names it itself.
 */
public final class RecordingInLogs implements ThreadLocalAccessor<String> {
    /** The field's name. */
    public static final String FIELD = "recordingId";

    @Override
    public Object key() {
        return FIELD;
    }

    @Override
    public @Nullable String getValue() {
        return MDC.get(FIELD);
    }

    @Override
    public void setValue(String recording) {
        MDC.put(FIELD, recording);
    }

    @Override
    public void setValue() {
        MDC.remove(FIELD);
    }
}
