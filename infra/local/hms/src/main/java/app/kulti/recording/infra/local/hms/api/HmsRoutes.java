package app.kulti.recording.infra.local.hms.api;

import app.kulti.recording.infra.local.hms.api.Answers.ListedRecording;
import app.kulti.recording.infra.local.hms.api.Answers.Page;
import app.kulti.recording.infra.local.hms.api.Answers.PresignedUrl;
import app.kulti.recording.infra.local.hms.api.Answers.RoomAnswer;
import app.kulti.recording.infra.local.hms.api.Answers.SingleAsset;
import app.kulti.recording.infra.local.hms.api.Answers.SingleRecording;
import app.kulti.recording.infra.local.hms.beam.Asset;
import app.kulti.recording.infra.local.hms.beam.Ledger;
import app.kulti.recording.infra.local.hms.beam.Recording;
import app.kulti.recording.infra.local.hms.beam.Rooms;
import app.kulti.recording.infra.local.hms.beam.StartResult;
import app.kulti.recording.infra.local.hms.beam.Studio;
import app.kulti.recording.infra.local.hms.beam.WebhookTarget;
import app.kulti.recording.infra.local.hms.fault.Operation;
import app.kulti.recording.infra.local.hms.file.SignedLinks;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The routes under {@code /v2} but those of {@link AnalyticsRoutes}. */
public final class HmsRoutes {
    private static final int LEAST_LIMIT = 10;
    private static final int MOST_LIMIT = 100;
    // What object storage signs at most.
    private static final int LONGEST_LINK_SECONDS = 7 * 24 * 3600;

    private final Studio studio;
    private final Rooms rooms;
    private final Ledger ledger;
    private final Calls calls;
    private final SignedLinks links;
    private final Duration linkLife;
    private final RequestBodies bodies;

    public HmsRoutes(Studio studio, Rooms rooms, Ledger ledger, Calls calls, SignedLinks links, Duration linkLife,
            JsonMapper json) {
        this.studio = studio;
        this.rooms = rooms;
        this.ledger = ledger;
        this.calls = calls;
        this.links = links;
        this.linkLife = linkLife;
        this.bodies = new RequestBodies(json);
    }

    /** The routes. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .POST("/v2/recordings/room/{room_id}/start", calls.on(Operation.START, this::start))
                .POST("/v2/recordings/room/{room_id}/stop", calls.on(Operation.STOP, this::stopRoom))
                .POST("/v2/recordings/{recording_id}/stop", calls.on(Operation.STOP_RECORDING, this::stopRecording))
                .GET("/v2/recordings/{recording_id}", calls.on(Operation.GET, this::recording))
                .GET("/v2/recordings", calls.on(Operation.LIST, this::recordings))
                .GET("/v2/recording-assets/{asset_id}/presigned-url", calls.on(Operation.PRESIGN, this::presignedUrl))
                .GET("/v2/recording-assets/{asset_id}", calls.on(Operation.GET_ASSET, this::asset))
                .GET("/v2/recording-assets", calls.on(Operation.LIST_ASSETS, this::assets))
                .POST("/v2/rooms", calls.on(Operation.CREATE_ROOM, this::createRoom))
                .GET("/v2/rooms/{room_id}", calls.on(Operation.GET_ROOM, this::room))
                .build();
    }

    private Mono<ServerResponse> start(ServerRequest request) {
        String roomId = request.pathVariable("room_id");
        return bodies.of(request).flatMap(body -> {
            if (ledger.room(roomId).isEmpty()) {
                throw Refusal.noPermission();
            }
            return switch (studio.start(roomId, StartBody.read(body, roomId), Recording.Origin.API)) {
                case StartResult.Started(Recording recording) -> ok(SingleRecording.of(recording));
                case StartResult.AlreadyStarted() -> throw new Refusal(409, "beam already started");
                case StartResult.NoSuchRoom() -> throw Refusal.noPermission();
            };
        });
    }

    private Mono<ServerResponse> stopRoom(ServerRequest request) {
        String roomId = request.pathVariable("room_id");
        if (ledger.room(roomId).isEmpty()) {
            throw Refusal.noPermission();
        }
        List<SingleRecording> stopped = studio.stopRoom(roomId, "client request").stream().map(SingleRecording::of)
                .toList();
        if (stopped.isEmpty()) {
            throw Refusal.noBeam();
        }
        return ok(new Page<>(LEAST_LIMIT, stopped, stopped.getLast().recording().id()));
    }

    private Mono<ServerResponse> stopRecording(ServerRequest request) {
        return ok(studio.stop(request.pathVariable("recording_id"), "client request").map(SingleRecording::of)
                .orElseThrow(Refusal::noBeam));
    }

    private Mono<ServerResponse> recording(ServerRequest request) {
        return ok(ledger.recording(request.pathVariable("recording_id")).map(SingleRecording::of)
                .orElseThrow(() -> new Refusal(404, "recording not found")));
    }

    private Mono<ServerResponse> recordings(ServerRequest request) {
        Optional<String> status = request.queryParam("status");
        Stream<Recording> found = wanted(request)
                .filter(recording -> status.isEmpty() || recording.stage().status().equals(status.get()));
        return ok(page(request, found, Recording::id, ListedRecording::of));
    }

    private Mono<ServerResponse> assets(ServerRequest request) {
        // Every asset here is a completed room-composite.
        boolean none = request.queryParam("status").filter(status -> !status.equals("completed")).isPresent()
                || request.queryParam("type").or(() -> request.queryParam("asset_type"))
                        .filter(type -> !type.equals("room-composite")).isPresent();
        Stream<SingleAsset> found = none
                ? Stream.empty()
                : wanted(request).flatMap(
                        recording -> recording.asset().stream().map(asset -> SingleAsset.of(recording, asset)));
        return ok(page(request, found, asset -> asset.asset().id(), Function.identity()));
    }

    private Stream<Recording> wanted(ServerRequest request) {
        Optional<String> sessionId = request.queryParam("session_id");
        return request.queryParam("room_id").map(ledger::recordingsOf).orElseGet(ledger::recordings)
                .filter(recording -> sessionId.isEmpty() || recording.sessionId().equals(sessionId.get()));
    }

    private static <F, T> Page<T> page(ServerRequest request, Stream<F> found, Function<F, String> id,
            Function<F, T> answer) {
        int limit = limit(request);
        Optional<String> start = request.queryParam("start").filter(last -> !last.isEmpty());
        Stream<F> rest = start.isEmpty()
                ? found
                : found.dropWhile(one -> !id.apply(one).equals(start.get())).skip(1);
        List<F> page = rest.limit(limit).toList();
        return new Page<>(limit, page.stream().map(answer).toList(), page.isEmpty() ? null : id.apply(page.getLast()));
    }

    private static int limit(ServerRequest request) {
        try {
            int limit = request.queryParam("limit").map(Integer::parseInt).orElse(LEAST_LIMIT);
            if (limit < LEAST_LIMIT || limit > MOST_LIMIT) {
                throw Refusal.badInput();
            }
            return limit;
        } catch (NumberFormatException _) {
            throw Refusal.badInput();
        }
    }

    private Mono<ServerResponse> asset(ServerRequest request) {
        return withAsset(request, (recording, asset) -> ok(SingleAsset.of(recording, asset)));
    }

    private Mono<ServerResponse> presignedUrl(ServerRequest request) {
        Duration life = request.queryParam("presign_duration").map(HmsRoutes::seconds).orElse(linkLife);
        return withAsset(request, (_, asset) -> ok(
                new PresignedUrl(asset.id(), asset.path(), links.link(asset.path(), life), life.toSeconds())));
    }

    private static Duration seconds(String text) {
        try {
            int seconds = Integer.parseInt(text);
            if (seconds < 1 || seconds > LONGEST_LINK_SECONDS) {
                throw Refusal.badInput();
            }
            return Duration.ofSeconds(seconds);
        } catch (NumberFormatException _) {
            throw Refusal.badInput();
        }
    }

    @FunctionalInterface
    private interface AssetAnswer {
        Mono<ServerResponse> of(Recording recording, Asset asset);
    }

    private Mono<ServerResponse> withAsset(ServerRequest request, AssetAnswer answer) {
        Recording recording = ledger.recordingOfAsset(request.pathVariable("asset_id"))
                .orElseThrow(() -> new Refusal(404, "recording asset not found"));
        return answer.of(recording, recording.asset().orElseThrow());
    }

    private Mono<ServerResponse> createRoom(ServerRequest request) {
        return bodies.of(request).flatMap(body -> {
            String description = Optional.ofNullable(text(body, "description")).orElse("");
            return ok(RoomAnswer.of(rooms.create(text(body, "name"), description, webhook(body.get("webhook")))));
        });
    }

    private static @Nullable WebhookTarget webhook(@Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return null;
        }
        String url = text(node, "url");
        if (url == null) {
            throw Refusal.badInput();
        }
        Map<String, String> headers = new HashMap<>();
        node.path("headers").properties().forEach(header -> headers.put(header.getKey(), header.getValue().asString()));
        try {
            return new WebhookTarget(URI.create(url), headers);
        } catch (IllegalArgumentException _) {
            throw Refusal.badInput();
        }
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw Refusal.badInput();
        }
        return value.stringValue();
    }

    private Mono<ServerResponse> room(ServerRequest request) {
        return ok(ledger.room(request.pathVariable("room_id")).map(RoomAnswer::of)
                .orElseThrow(Refusal::noPermission));
    }

    private static Mono<ServerResponse> ok(Object body) {
        return ServerResponse.ok().bodyValue(body);
    }
}
