package app.kulti.recording.infra.observability;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;

/**
 * Lines without secrets: the whole line is redacted, with messages, stack traces, MDC and whatever else the pattern has, so
 * that no pattern can leave something out. Used by {@code logback-spring.xml}.
 */
public final class RedactedLayout extends PatternLayout {
    @Override
    public String doLayout(ILoggingEvent event) {
        return Redaction.redact(super.doLayout(event));
    }
}
