package app.kulti.recording.gateway.query;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.failure.FailsWith;
import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;
import app.kulti.recording.gateway.query.Timelines.Happening;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** A recording's life, told to its host and participants. */
@RestController
@Tag(name = "Timeline")
public final class TimelineRoutes {
    private static final Map<String, Source> SOURCES = Map.of(Topics.COMMANDS.name(), Source.USER,
            Topics.WEBHOOKS.name(), Source.HMS, Topics.REPORTS.name(), Source.STORAGE);

    private final Timelines timelines;

    public TimelineRoutes(Timelines timelines) {
        this.timelines = timelines;
    }

    /** Everything that happened to a recording, in order, with its source. */
    @Operation(operationId = "getTimeline")
    @FailsWith(ProblemType.RECORDING_NOT_FOUND)
    @GetMapping("/api/recordings/{id}/timeline")
    Mono<Timeline> timeline(@AuthenticationPrincipal Caller caller, @PathVariable RecordingId id) {
        return timelines.of(caller, id)
                .switchIfEmpty(Mono.error(Problem::noSuchRecording))
                .map(happenings -> new Timeline(happenings.stream().map(TimelineRoutes::told).toList()));
    }

    private static Entry told(Happening happening) {
        return new Entry(happening.at(), SOURCES.getOrDefault(happening.topic(), Source.SYSTEM),
                Words.of(happening.type()), Decision.valueOf(happening.decision().toUpperCase(Locale.ROOT)),
                happening.reason(), happening.type());
    }

    /** Who said so. */
    enum Source {
        /** The host or a participant. */
        @JsonProperty("user")
        USER,

        @JsonProperty("100ms")
        HMS,

        /** A schedule of ours, or a look of ours at 100ms. */
        @JsonProperty("system")
        SYSTEM,

        /** The part of ours that copies films. */
        @JsonProperty("storage")
        STORAGE
    }

    /** What was made of it. */
    enum Decision {
        /** It counts. */
        @JsonProperty("applied")
        APPLIED,

        /** It does not count; the reason says why. */
        @JsonProperty("refused")
        REFUSED,

        /** It is not known yet whether it is about this recording. */
        @JsonProperty("unmatched")
        UNMATCHED
    }

    /**
     * One event.
     *
     * @param at     when it happened
     * @param text   what happened, in a sentence
     * @param reason more about the decision, when it is not plain
     * @param type   its name, for programs and support
     */
    record Entry(Instant at, Source source, String text, Decision decision, @Nullable String reason, String type) {}

    /** All of them, the first first. */
    record Timeline(List<Entry> timeline) {}
}
