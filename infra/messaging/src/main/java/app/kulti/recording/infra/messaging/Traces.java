package app.kulti.recording.infra.messaging;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

/**
 * Spans that go on from what a message says of its trace, whatever propagation is set for HTTP. Where nobody traces, all of it
 * does nothing.
 */
public final class Traces {
    private static final Traces NONE = new Traces(Tracer.NOOP, ObservationRegistry.NOOP);

    private final Tracer tracer;
    private final ObservationRegistry observations;

    /** Traces with {@code tracer}; those of {@code observations} that are made within a span become its children. */
    public Traces(Tracer tracer, ObservationRegistry observations) {
        this.tracer = tracer;
        this.observations = observations;
    }

    /** Those of a service that does not trace. */
    public static Traces none() {
        return NONE;
    }

    /** Whether anybody traces. */
    public boolean areOn() {
        return !tracer.equals(Tracer.NOOP);
    }

    /**
     * A span to begin.
     *
     * @param traceparent what it goes on from; absent: the span that the thread is in, if it is in one
     */
    public Span.Builder goingOnFrom(@Nullable String traceparent) {
        if (!areOn()) {
            return Span.Builder.NOOP;
        }
        var builder = tracer.spanBuilder();
        return context(traceparent).map(builder::setParent).orElse(builder);
    }

    /** The same with a link to a span of another trace. */
    public Span.Builder goingOnFrom(String traceparent, @Nullable String linked) {
        var builder = goingOnFrom(traceparent);
        return areOn() ? context(linked).map(Link::new).map(builder::addLink).orElse(builder) : builder;
    }

    /** What a message says that follows from {@code span}; null where nobody traces. */
    public @Nullable String traceparent(Span span) {
        return areOn() ? Traceparent.of(span.context()).toString() : null;
    }

    /** Whether two messages belong to one trace. */
    public static boolean areOne(@Nullable String traceparent, @Nullable String other) {
        var trace = Traceparent.of(traceparent).map(Traceparent::traceId);
        return trace.isPresent() && trace.equals(Traceparent.of(other).map(Traceparent::traceId));
    }

    /** What this thread does until the scope is closed belongs to {@code span}; so does what it hands its context to. */
    public Observation.Scope within(Span span) {
        return carrying(span).openScope();
    }

    /** For {@code contextWrite}: what a reactive chain does belongs to {@code span}. */
    public Context context(Span span) {
        return areOn() ? Context.of(ObservationThreadLocalAccessor.KEY, carrying(span)) : Context.empty();
    }

    /** Observations are what travels from thread to thread and into HTTP clients. Never started, this one measures nothing. */
    private Observation carrying(Span span) {
        return Observation.createNotStarted("kulti.span", () -> {
            var context = new Observation.Context();
            context.computeIfAbsent(TracingContext.class, _ -> new TracingContext()).setSpan(span);
            return context;
        }, observations);
    }

    private Optional<TraceContext> context(@Nullable String traceparent) {
        return Traceparent.of(traceparent).map(parent -> tracer.traceContextBuilder().traceId(parent.traceId())
                .spanId(parent.spanId()).sampled(parent.sampled()).build());
    }
}
