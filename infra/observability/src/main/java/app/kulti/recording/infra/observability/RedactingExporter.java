package app.kulti.recording.infra.observability;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;

/** Spans without secrets: the last thing before they leave, so that no instrumentation can leave something out. */
final class RedactingExporter implements SpanExporter {
    private final SpanExporter exporter;

    RedactingExporter(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        return exporter.export(spans.stream().<SpanData>map(Redacted::new).toList());
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    private static final class Redacted extends DelegatingSpanData {
        private final String name;
        private final Attributes attributes;
        private final List<EventData> events;
        private final List<LinkData> links;
        private final StatusData status;

        Redacted(SpanData span) {
            super(span);
            name = Redaction.redact(span.getName());
            attributes = redacted(span.getAttributes());
            events = span.getEvents().stream().map(Redacted::redacted).toList();
            links = span.getLinks().stream().map(link -> LinkData.create(link.getSpanContext(),
                    redacted(link.getAttributes()), link.getTotalAttributeCount())).toList();
            status = StatusData.create(span.getStatus().getStatusCode(),
                    Redaction.redact(span.getStatus().getDescription()));
        }

        /** An exception is an event, with its message and stack trace. */
        private static EventData redacted(EventData event) {
            return EventData.create(event.getEpochNanos(), Redaction.redact(event.getName()),
                    redacted(event.getAttributes()), event.getTotalAttributeCount());
        }

        private static Attributes redacted(Attributes attributes) {
            var redacted = attributes.toBuilder();
            attributes.forEach((key, value) -> {
                if (value instanceof String text) {
                    redacted.put(key.getKey(), Redaction.redact(text));
                } else if (key.getType() == AttributeType.STRING_ARRAY && value instanceof List<?> texts) {
                    redacted.put(AttributeKey.stringArrayKey(key.getKey()),
                            texts.stream().map(text -> Redaction.redact(String.valueOf(text))).toList());
                }
            });
            return redacted.build();
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public Attributes getAttributes() {
            return attributes;
        }

        @Override
        public List<EventData> getEvents() {
            return events;
        }

        @Override
        public List<LinkData> getLinks() {
            return links;
        }

        @Override
        public StatusData getStatus() {
            return status;
        }
    }
}
