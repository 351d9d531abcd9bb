package app.kulti.recording.infra.local.hms.api;

import app.kulti.recording.infra.local.hms.api.HistoryAnswers.History;
import app.kulti.recording.infra.local.hms.api.HistoryAnswers.ReplayBegun;
import app.kulti.recording.infra.local.hms.api.HistoryAnswers.ReplayState;
import app.kulti.recording.infra.local.hms.fault.Operation;
import app.kulti.recording.infra.local.hms.webhook.Delivery;
import app.kulti.recording.infra.local.hms.webhook.DeliveryLog;
import app.kulti.recording.infra.local.hms.webhook.HistoryFilter;
import app.kulti.recording.infra.local.hms.webhook.HistoryFilter.Outcome;
import app.kulti.recording.infra.local.hms.webhook.Replays;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The routes under {@code /v2/analytics}: the history of deliveries, and its replay.
 *
 * @see <a href="https://www.100ms.live/docs/server-side/v2/api-reference/analytics/list-webhook-events">100ms: list</a>
 * @see <a href="https://www.100ms.live/docs/server-side/v2/api-reference/analytics/replay-webhook-events">100ms: replay</a>
 */
public final class AnalyticsRoutes {
    private static final Duration USUAL_WINDOW = Duration.ofHours(24);
    private static final int USUAL_PAGE = 50;
    private static final int LARGEST_PAGE = 100;
    private static final int MOST_REPLAYED = 50_000;

    private final Calls calls;
    private final DeliveryLog deliveries;
    private final Replays replays;
    private final HistoryAnswers answers;
    private final RequestBodies bodies;
    private final Clock clock;

    public AnalyticsRoutes(Calls calls, DeliveryLog deliveries, Replays replays, JsonMapper json, Clock clock) {
        this.calls = calls;
        this.deliveries = deliveries;
        this.replays = replays;
        this.answers = new HistoryAnswers(json);
        this.bodies = new RequestBodies(json);
        this.clock = clock;
    }

    /** The routes. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/v2/analytics/webhooks", calls.on(Operation.LIST_WEBHOOKS, this::history))
                .POST("/v2/analytics/webhooks/replay", calls.on(Operation.REPLAY_WEBHOOKS, this::replay))
                .GET("/v2/analytics/webhooks/replay/{workflow_id}", calls.on(Operation.GET_REPLAY, this::replayState))
                .build();
    }

    private Mono<ServerResponse> history(ServerRequest request) {
        HistoryFilter filter = filter(request.queryParam("start_time").orElse(null),
                request.queryParam("end_time").orElse(null), request.queryParam("room_id").orElse(null),
                request.queryParams().getOrDefault("event_names", List.of()),
                request.queryParam("status").orElse("all"));
        int size = number(request.queryParam("limit"), USUAL_PAGE, 1, LARGEST_PAGE);
        int page = number(request.queryParam("page"), 1, 1, Integer.MAX_VALUE / LARGEST_PAGE);
        List<Delivery> newestFirst = filter.of(deliveries.list(filter.roomId()).reversed()).toList();
        return ok(History.of(newestFirst, size, page, answers::event));
    }

    private Mono<ServerResponse> replay(ServerRequest request) {
        return bodies.of(request).flatMap(body -> {
            HistoryFilter filter = filter(text(body, "start_time"), text(body, "end_time"), text(body, "room_id"),
                    texts(body.path("event_names")), Optional.ofNullable(text(body, "status")).orElse("failed"));
            int limit = number(numeral(body, "limit"), MOST_REPLAYED, 1, MOST_REPLAYED);
            int offset = number(numeral(body, "offset"), 0, 0, Integer.MAX_VALUE);
            return ok(ReplayBegun.of(replays.begin(new Replays.Request(filter, limit, offset))));
        });
    }

    private Mono<ServerResponse> replayState(ServerRequest request) {
        return ok(replays.find(request.pathVariable("workflow_id")).map(ReplayState::of)
                .orElseThrow(() -> new Refusal(404, "workflow not found")));
    }

    private HistoryFilter filter(@Nullable String start, @Nullable String end, @Nullable String roomId,
            List<String> types, String status) {
        Instant now = clock.instant();
        Instant from = start == null ? now.minus(USUAL_WINDOW) : instant(start);
        Instant to = end == null ? now : instant(end);
        if (from.isBefore(now.minus(HistoryFilter.KEPT)) || from.isAfter(now)) {
            throw new Refusal(400, "start_time must be within the last 30 days");
        }
        if (!to.isAfter(from) || to.isAfter(from.plus(HistoryFilter.LONGEST))) {
            throw new Refusal(400, "end_time must be within 14 days after start_time");
        }
        Outcome outcome = switch (status) {
            case "all" -> Outcome.ALL;
            case "failed" -> Outcome.FAILED;
            case "success" -> Outcome.SUCCESS;
            default -> throw Refusal.badInput();
        };
        return new HistoryFilter(from, to, roomId == null || roomId.isEmpty() ? null : roomId, types, outcome);
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            throw Refusal.badInput();
        }
    }

    private static int number(Optional<String> text, int otherwise, int least, int most) {
        try {
            int number = text.map(Integer::parseInt).orElse(otherwise);
            if (number < least || number > most) {
                throw Refusal.badInput();
            }
            return number;
        } catch (NumberFormatException _) {
            throw Refusal.badInput();
        }
    }

    private static Optional<String> numeral(JsonNode body, String field) {
        return Optional.ofNullable(body.get(field)).map(JsonNode::toString);
    }

    private static @Nullable String text(JsonNode body, String field) {
        return body.path(field).isString() ? body.path(field).stringValue() : null;
    }

    private static List<String> texts(JsonNode array) {
        return array.isArray() ? array.valueStream().map(JsonNode::asString).toList() : Collections.emptyList();
    }

    private static Mono<ServerResponse> ok(Object body) {
        return ServerResponse.ok().bodyValue(body);
    }
}
