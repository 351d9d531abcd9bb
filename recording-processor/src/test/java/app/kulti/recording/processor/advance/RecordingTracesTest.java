package app.kulti.recording.processor.advance;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.MirrorWish;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingState;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.infra.messaging.Traces;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which trace what happens to a recording goes on in. */
class RecordingTracesTest {
    private static final RecordingId RECORDING = new RecordingId(new UUID(2, 1));
    private static final String CLICKED = "0af7651916cd43dd8448eb211c80319c";
    private static final String CLICK = "00-" + CLICKED + "-b7ad6b7169203331-01";
    private static final String HEARD = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String WEBHOOK = "00-" + HEARD + "-00f067aa0ba902b7-01";

    private final Ended ended = new Ended();
    private final SdkTracerProvider provider = SdkTracerProvider.builder().addSpanProcessor(ended).build();
    private final RecordingTraces traces = new RecordingTraces(new Traces(
            new OtelTracer(provider.get("test"), new OtelCurrentTraceContext(), _ -> {}), ObservationRegistry.NOOP));

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void whatAWebhookBringsAboutGoesOnFromTheClickAndIsLinkedToTheWebhook() {
        var event = event(new RecordingEvent.Started(state()), WEBHOOK);

        var going = goingOn(event, Map.of(RECORDING, CLICK));

        assertThat(ended.spans).singleElement().satisfies(span -> {
            assertThat(span.getName()).isEqualTo("advance recording");
            assertThat(span.getTraceId()).isEqualTo(CLICKED);
            assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
            assertThat(span.getStartEpochNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(House.NOON.getEpochSecond()));
            assertThat(span.getLinks()).singleElement().satisfies(
                    link -> assertThat(link.getSpanContext().getTraceId()).isEqualTo(HEARD));
            assertThat(span.getAttributes().asMap())
                    .containsEntry(AttributeKey.stringKey("recording.id"), RECORDING.toString())
                    .containsEntry(AttributeKey.stringKey("recording.status"), "RECORDING");
            assertThat(going.traceparent()).isEqualTo("00-%s-%s-01".formatted(CLICKED, span.getSpanId()));
        });
        assertThat(going.traced(WEBHOOK)).as("else it is the same").isEqualTo(event);
    }

    @Test
    void whatIsOfTheClicksOwnTraceStaysAsItIs() {
        staysAsItIs(event(new RecordingEvent.Started(state()), "00-" + CLICKED + "-00f067aa0ba902b7-01"),
                Map.of(RECORDING, CLICK));
    }

    @Test
    void aRecordingThatNobodyClickedForGoesOnFromWhatShowedIt() {
        staysAsItIs(event(new RecordingEvent.Started(state()), WEBHOOK),
                Map.of(new RecordingId(new UUID(2, 2)), CLICK));
        staysAsItIs(event(new RecordingEvent.Started(state()), WEBHOOK), Map.of());
    }

    @Test
    void anAnswerStaysWithWhoGaveTheCommand() {
        staysAsItIs(event(new RecordingEvent.CommandAnswered(new CommandId(new UUID(3, 1)), House.SESSION, RECORDING,
                new RecordingEvent.Answer.Done(), state()), WEBHOOK), Map.of(RECORDING, CLICK));
    }

    @Test
    void whereNobodyTracesNothingIsTouched() {
        var changes = changes(event(new RecordingEvent.Started(state()), WEBHOOK), Map.of(RECORDING, CLICK));

        assertThat(new RecordingTraces(Traces.none()).goingOn(changes, House.NOON)).isSameAs(changes.events());
    }

    private void staysAsItIs(Envelope<RecordingEvent> event, Map<RecordingId, String> clicks) {
        assertThat(goingOn(event, clicks)).isEqualTo(event);
        assertThat(ended.spans).isEmpty();
    }

    private Envelope<RecordingEvent> goingOn(Envelope<RecordingEvent> event, Map<RecordingId, String> clicks) {
        return traces.goingOn(changes(event, clicks), House.NOON).getFirst();
    }

    private static Changes changes(Envelope<RecordingEvent> event, Map<RecordingId, String> clicks) {
        return new Changes(List.of(), List.of(), List.of(), List.of(), Map.of(), List.of(), List.of(), List.of(),
                List.of(), List.of(event), List.of(), clicks);
    }

    private static Envelope<RecordingEvent> event(RecordingEvent event, @Nullable String traceparent) {
        Instant at = House.NOON;
        return new Envelope<>(new EventId(new UUID(4, 1)), at, ServiceName.PROCESSOR, event, null, traceparent);
    }

    private static RecordingState state() {
        return new RecordingState(RECORDING, House.SESSION, House.ROOM, 1, RecordingStatus.RECORDING, "job-1", null,
                null, null, null, MirrorWish.NOTHING, null, null, false, false);
    }

    private static final class Ended implements SpanProcessor {
        private final List<SpanData> spans = new ArrayList<>();

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {
            // What counts is what is told of it.
        }

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            spans.add(span.toSpanData());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
