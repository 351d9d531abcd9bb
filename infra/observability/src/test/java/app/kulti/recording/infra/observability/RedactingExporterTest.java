package app.kulti.recording.infra.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactingExporterTest {
    private static final String SIGNED = "https://b.s3.amazonaws.com/a.mp4?X-Amz-Signature=s3cr3t";
    private static final String SHARE = "/share/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE";

    private final Collected collected = new Collected();

    @Test
    void nothingThatASpanSaysLetsAnybodyIn() {
        try (var provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(new RedactingExporter(collected))).build()) {
            var tracer = provider.get("test");
            var other = tracer.spanBuilder("other").startSpan();
            tracer.spanBuilder("http get " + SHARE)
                    .addLink(other.getSpanContext(), Attributes.of(AttributeKey.stringKey("link"), SIGNED))
                    .setAttribute("url.full", SIGNED).setAttribute("http.url", SHARE).setAttribute("bytes", 42)
                    .setAttribute(AttributeKey.stringArrayKey("all"), List.of("plain", SIGNED)).startSpan()
                    .addEvent("meeting_url=https://k.example/s3cr3t")
                    .recordException(new IOException("401 for Bearer s3cr3t-s3cr3t at " + SIGNED))
                    .setStatus(StatusCode.ERROR, SIGNED).end();
        }

        var told = collected.spans.getFirst();
        assertThat(told.getName()).isEqualTo("http get /share/[redacted]");
        assertThat(told.getAttributes().asMap()).containsEntry(AttributeKey.stringKey("http.url"), "/share/[redacted]")
                .containsEntry(AttributeKey.stringKey("url.full"), "https://b.s3.amazonaws.com/a.mp4?[redacted]")
                .containsEntry(AttributeKey.longKey("bytes"), 42L).containsEntry(AttributeKey.stringArrayKey("all"),
                        List.of("plain", "https://b.s3.amazonaws.com/a.mp4?[redacted]"));
        assertThat(told.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(told.getStatus().getDescription() + told.getEvents() + told.getLinks())
                .contains("RedactingExporterTest").doesNotContain("s3cr3t", "Zm9v");
    }

    private static final class Collected implements SpanExporter {
        private final List<SpanData> spans = new ArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> exported) {
            spans.addAll(exported);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
