package app.kulti.recording.infra.observability;

import io.sentry.Breadcrumb;
import io.sentry.SentryEvent;
import io.sentry.SentryOptions.BeforeBreadcrumbCallback;
import io.sentry.SentryOptions.BeforeSendCallback;
import io.sentry.protocol.Message;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * What Sentry is told, where it is told anything ({@code SENTRY_DSN}): errors without secrets, and nothing of the request in
 * which they happened.
 */
@AutoConfiguration(beforeName = "io.sentry.spring.boot4.SentryAutoConfiguration")
@ConditionalOnProperty("sentry.dsn")
public class RedactedReports {
    @Bean
    BeforeSendCallback redactedEvents() {
        return (event, _) -> redacted(event);
    }

    @Bean
    BeforeBreadcrumbCallback redactedBreadcrumbs() {
        return (breadcrumb, _) -> redacted(breadcrumb);
    }

    private static SentryEvent redacted(SentryEvent event) {
        event.setRequest(null);
        event.setUser(null);
        var message = event.getMessage();
        if (message != null) {
            event.setMessage(redacted(message));
        }
        Stream.ofNullable(event.getExceptions()).flatMap(thrown -> thrown.stream()).forEach(
                thrown -> thrown.setValue(redacted(thrown.getValue())));
        event.setTransaction(redacted(event.getTransaction()));
        return event;
    }

    /** Of a line its form and its arguments are told apart from each other. */
    private static Message redacted(Message message) {
        var redacted = new Message();
        redacted.setFormatted(redacted(Objects.requireNonNullElse(message.getFormatted(), message.getMessage())));
        return redacted;
    }

    private static Breadcrumb redacted(Breadcrumb breadcrumb) {
        breadcrumb.setMessage(redacted(breadcrumb.getMessage()));
        return breadcrumb;
    }

    private static @Nullable String redacted(@Nullable String text) {
        return text == null ? null : Redaction.redact(text);
    }
}
