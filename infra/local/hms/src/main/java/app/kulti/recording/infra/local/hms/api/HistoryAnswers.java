package app.kulti.recording.infra.local.hms.api;

import app.kulti.recording.infra.local.hms.webhook.Delivery;
import app.kulti.recording.infra.local.hms.webhook.Delivery.Attempt;
import app.kulti.recording.infra.local.hms.webhook.Delivery.State;
import app.kulti.recording.infra.local.hms.webhook.HistoryFilter;
import app.kulti.recording.infra.local.hms.webhook.Replays;
import app.kulti.recording.infra.local.hms.webhook.Replays.Begun;
import app.kulti.recording.infra.local.hms.webhook.Replays.Workflow;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of 100ms's answers about webhooks that it sent. */
final class HistoryAnswers {
    /** Of an event's data the documented sample shows these and no more, so a caller can count on nothing else. */
    private static final List<String> SHOWN = List.of("session_id", "peer_id", "user_id");

    private final JsonMapper json;

    HistoryAnswers(JsonMapper json) {
        this.json = json;
    }

    /** What became of one webhook. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Event(String eventId, String eventName, String roomId, Instant eventTimestamp, Payload payload) {}

    /** The event that it told of; {@code error_reason} only where it was not received. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Payload(Map<String, String> eventData, String originalEventName, @Nullable String errorReason) {}

    Event event(Delivery delivery) {
        boolean received = delivery.state() == State.DELIVERED;
        return new Event(Replays.eventId(delivery),
                "reporter.webhook.delivery." + (received ? "success" : "failed"), delivery.roomId(), delivery.at(),
                new Payload(data(delivery), delivery.type(), received ? null : reason(delivery)));
    }

    private Map<String, String> data(Delivery delivery) {
        JsonNode data = json.readTree(delivery.body()).path("data");
        Map<String, String> shown = new LinkedHashMap<>();
        SHOWN.stream().filter(field -> data.path(field).isString())
                .forEach(field -> shown.put(field, data.path(field).stringValue()));
        return shown;
    }

    private static String reason(Delivery delivery) {
        if (delivery.attempts().isEmpty()) {
            return "timeout";
        }
        Attempt last = delivery.attempts().getLast();
        return last.status() == null ? Objects.requireNonNullElse(last.error(), "timeout") : "status " + last.status();
    }

    /** A page of what became of them, newest first. */
    record History(List<Event> events, Pagination pagination, Summary summary) {
        static History of(List<Delivery> all, int size, int page, Function<Delivery, Event> event) {
            int pages = (all.size() + size - 1) / size;
            List<Event> events = all.stream().skip((page - 1L) * size).limit(size).map(event).toList();
            return new History(events, new Pagination(page, size, pages, all.size(), page < pages, page > 1),
                    new Summary(all.size()));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Pagination(int currentPage, int pageSize, int totalPages, int totalItems, boolean hasNext,
            boolean hasPrev) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Summary(int totalEvents) {}

    /** What a replay was asked to send. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Filters(Instant startTime, Instant endTime, String roomId, List<String> eventTypes) {
        static Filters of(HistoryFilter filter) {
            return new Filters(filter.from(), filter.to(), Objects.requireNonNullElse(filter.roomId(), ""),
                    filter.types());
        }
    }

    /** A replay is on. */
    @JsonNaming(SnakeCaseStrategy.class)
    record ReplayBegun(String workflowId, String status, String message, Filters filters) {
        static ReplayBegun of(Begun begun) {
            return new ReplayBegun(begun.workflow().id(), begun.already() ? "already_running" : "started",
                    "Webhook replay has been queued for processing",
                    Filters.of(begun.workflow().request().filter()));
        }
    }

    /** How far a replay has come. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReplayState(String workflowId, String status, Instant startedAt, @Nullable Instant completedAt,
            Filters filters, Progress progress, @Nullable Result result) {
        static ReplayState of(Workflow workflow) {
            Instant ended = workflow.endedAt();
            int failed = workflow.failed().size();
            return new ReplayState(workflow.id(), ended == null ? "Running" : status(workflow), workflow.startedAt(),
                    ended, Filters.of(workflow.request().filter()),
                    new Progress(workflow.total(), workflow.completed(), failed),
                    ended == null
                            ? null
                            : new Result(workflow.total(), workflow.completed(), failed, workflow.failed()));
        }

        private static String status(Workflow workflow) {
            if (workflow.failed().isEmpty()) {
                return "completed";
            }
            return workflow.completed() == 0 ? "failed" : "completed_with_failures";
        }
    }

    record Progress(int total, int completed, int failed) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Result(int total, int completed, int failed, List<String> failedEvents) {}
}
