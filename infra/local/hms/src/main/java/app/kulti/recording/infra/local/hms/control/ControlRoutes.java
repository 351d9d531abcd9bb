package app.kulti.recording.infra.local.hms.control;

import app.kulti.recording.infra.local.hms.api.RequestCounts;
import app.kulti.recording.infra.local.hms.beam.Archive;
import app.kulti.recording.infra.local.hms.beam.Ask;
import app.kulti.recording.infra.local.hms.beam.Dialect;
import app.kulti.recording.infra.local.hms.beam.Ledger;
import app.kulti.recording.infra.local.hms.beam.ObjectIds;
import app.kulti.recording.infra.local.hms.beam.Plan;
import app.kulti.recording.infra.local.hms.beam.Recording;
import app.kulti.recording.infra.local.hms.beam.Room;
import app.kulti.recording.infra.local.hms.beam.Rooms;
import app.kulti.recording.infra.local.hms.beam.StartResult;
import app.kulti.recording.infra.local.hms.beam.Studio;
import app.kulti.recording.infra.local.hms.beam.WebhookTarget;
import app.kulti.recording.infra.local.hms.fault.Faults;
import app.kulti.recording.infra.local.hms.fault.Faults.FaultSet;
import app.kulti.recording.infra.local.hms.file.SignedLinks;
import app.kulti.recording.infra.local.hms.movie.Movies;
import app.kulti.recording.infra.local.hms.webhook.DeliveryLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The routes under {@code /_simulator}, open to whoever reaches the port. Bodies and answers are JSON in camelCase; an
 * unknown field or a bad value is 400 {@code {"error":…}}, an unknown room or recording 404.
 */
public final class ControlRoutes {
    private static final String ROOM = "/_simulator/rooms/{roomId}";
    private static final Duration LINK_LIFE = Duration.ofHours(12);
    private static final long MOST_HASHED_UNASKED = 16 << 20;
    private static final int MOST_FILED_AT_ONCE = 10_000;

    private final Studio studio;
    private final Rooms rooms;
    private final Archive archive;
    private final Ledger ledger;
    private final Movies movies;
    private final SignedLinks links;
    private final Faults faults;
    private final DeliveryLog deliveries;
    private final RequestCounts counts;
    private final JsonMapper json;

    public ControlRoutes(Studio studio, Rooms rooms, Archive archive, Ledger ledger, Movies movies, SignedLinks links,
            Faults faults, DeliveryLog deliveries, RequestCounts counts, JsonMapper json) {
        this.studio = studio;
        this.rooms = rooms;
        this.archive = archive;
        this.ledger = ledger;
        this.movies = movies;
        this.links = links;
        this.faults = faults;
        this.deliveries = deliveries;
        this.counts = counts;
        this.json = json.rebuild().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    }

    /** The routes. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/_simulator/health", _ -> ok(Map.of("status", "UP")))
                .GET("/_simulator/faults", _ -> ok(faults.list()))
                .PUT("/_simulator/faults", told(request -> body(request, FaultSet.class).flatMap(this::replaceFaults)))
                .POST("/_simulator/faults", told(request -> body(request, FaultSet.class).flatMap(this::addFaults)))
                .DELETE("/_simulator/faults", _ -> clearFaults())
                .GET("/_simulator/rooms", _ -> ok(ledger.rooms()))
                .POST("/_simulator/rooms", told(request -> body(request, NewRoom.class).flatMap(this::defineRoom)))
                .GET(ROOM, told(this::room))
                .PUT(ROOM + "/dialect", told(request -> body(request, Speech.class).flatMap(to -> speak(request, to))))
                .PUT(ROOM + "/next", told(request -> body(request, Plan.class).flatMap(plan -> plan(request, plan))))
                .POST(ROOM + "/auto-start", told(this::autoStart))
                .POST(ROOM + "/stop",
                        told(request -> body(request, StopOrder.class).flatMap(stop -> stop(request, stop))))
                .POST(ROOM + "/end-session", told(this::endSession))
                .POST(ROOM + "/recordings",
                        told(request -> body(request, Filing.class).flatMap(filing -> file(request, filing))))
                .GET("/_simulator/recordings/{recordingId}", told(this::recording))
                .GET("/_simulator/recordings/{recordingId}/file", told(this::fileOf))
                .GET("/_simulator/webhooks", request -> ok(deliveries.list(request.queryParam("roomId").orElse(null))))
                .DELETE("/_simulator/webhooks", _ -> clearDeliveries())
                .GET("/_simulator/requests", _ -> ok(counts.view()))
                .DELETE("/_simulator/requests", _ -> clearCounts())
                .build();
    }

    /** A room to make; without an id it gets a new one. */
    record NewRoom(@Nullable String id, @Nullable String name, @Nullable Dialect dialect,
            @Nullable WebhookTarget webhook,
            @Nullable Plan next) {
        NewRoom {
            if (id != null && !ObjectIds.isOne(id)) {
                throw new IllegalArgumentException("id must be 24 hex digits in lower case, but is " + id);
            }
            if (name == null || name.isBlank()) {
                throw new IllegalArgumentException("name must say something");
            }
        }

        String title() {
            return name == null ? "" : name;
        }
    }

    /** A dialect; null for the simulator's own. */
    record Speech(@Nullable Dialect dialect) {}

    /** Why a beam stops. */
    record StopOrder(@Nullable String reason) {}

    /**
     * Finished recordings to put there.
     *
     * @param announced whether webhooks are sent for them; null for no
     * @param count     how many, null for one
     */
    record Filing(@Nullable Long bytes, @Nullable Integer seconds, @Nullable Boolean announced,
            @Nullable Integer count) {
        Filing {
            if (count != null && (count < 1 || count > MOST_FILED_AT_ONCE)) {
                throw new IllegalArgumentException(
                        "count must be from 1 to " + MOST_FILED_AT_ONCE + ", but is " + count);
            }
        }

        Plan plan() {
            return new Plan(bytes, seconds, null);
        }
    }

    /** A room and all that was recorded in it, newest first. */
    record RoomView(Room room, List<RecordingView> recordings) {}

    /** A recording with all its ids, those that the API hides included. */
    record RecordingView(String id, String roomId, String sessionId, @Nullable String beamId, @Nullable String assetId,
            @Nullable String webhookRecordingId, String status, Recording.Origin origin, Instant createdAt,
            @Nullable String path, @Nullable Long size, @Nullable Integer seconds) {

        static RecordingView of(Recording recording) {
            var beam = recording.stage().beamOrNull();
            var asset = recording.asset().orElse(null);
            return new RecordingView(recording.id(), recording.roomId(), recording.sessionId(),
                    beam == null ? null : beam.id(), asset == null ? null : asset.id(),
                    asset == null ? null : asset.recordingId(), recording.stage().status(), recording.started(),
                    recording.createdAt(), asset == null ? null : asset.path(),
                    asset == null ? null : asset.movie().size(), asset == null ? null : asset.seconds());
        }
    }

    /**
     * What a file is, computed from its bytes.
     *
     * @param crc32c eight hex digits
     * @param sha256 hex; null for a file over 16 MiB, where it takes long, unless asked for
     */
    record FileView(String assetId, String path, String url, long size, String etag, String crc32c,
            @Nullable String sha256) {}

    private Mono<ServerResponse> replaceFaults(FaultSet set) {
        faults.replace(set);
        return ok(faults.list());
    }

    private Mono<ServerResponse> addFaults(FaultSet set) {
        faults.add(set);
        return ok(faults.list());
    }

    private Mono<ServerResponse> clearFaults() {
        faults.clear();
        return ok(faults.list());
    }

    private Mono<ServerResponse> clearDeliveries() {
        deliveries.clear();
        return ok(List.of());
    }

    private Mono<ServerResponse> clearCounts() {
        counts.reset();
        return ok(counts.view());
    }

    private Mono<ServerResponse> defineRoom(NewRoom wanted) {
        Room room = rooms.define(wanted.id(), wanted.title(), wanted.dialect(), wanted.webhook());
        Optional.ofNullable(wanted.next()).ifPresent(plan -> studio.planNext(room.id(), plan));
        return ok(room);
    }

    private Mono<ServerResponse> room(ServerRequest request) {
        Room room = roomOf(request);
        return ok(new RoomView(room, ledger.recordingsOf(room.id()).map(RecordingView::of).toList()));
    }

    private Mono<ServerResponse> speak(ServerRequest request, Speech speech) {
        return ok(rooms.speak(roomOf(request).id(), speech.dialect()).orElseThrow());
    }

    private Mono<ServerResponse> plan(ServerRequest request, Plan plan) {
        studio.planNext(roomOf(request).id(), plan);
        return ok(plan);
    }

    private Mono<ServerResponse> autoStart(ServerRequest request) {
        return switch (studio.start(roomOf(request).id(), Ask.PLAIN, Recording.Origin.AUTO)) {
            case StartResult.Started(Recording recording) -> ok(RecordingView.of(recording));
            case StartResult.AlreadyStarted() ->
                ServerResponse.status(409).bodyValue(Map.of("error", "a beam is on already"));
            case StartResult.NoSuchRoom() -> throw new NoSuchElementException("no such room");
        };
    }

    private Mono<ServerResponse> stop(ServerRequest request, StopOrder order) {
        String reason = Optional.ofNullable(order.reason()).orElse("last peer left");
        return ok(studio.stopRoom(roomOf(request).id(), reason).stream().map(RecordingView::of).toList());
    }

    private Mono<ServerResponse> endSession(ServerRequest request) {
        studio.endSession(roomOf(request).id());
        return room(request);
    }

    private Mono<ServerResponse> file(ServerRequest request, Filing filing) {
        String roomId = roomOf(request).id();
        boolean announced = Optional.ofNullable(filing.announced()).orElse(false);
        return Flux.range(0, Optional.ofNullable(filing.count()).orElse(1))
                .concatMap(_ -> Mono.fromFuture(() -> archive.file(roomId, filing.plan(), announced)))
                .map(RecordingView::of)
                .collectList()
                .flatMap(ControlRoutes::ok);
    }

    private Mono<ServerResponse> recording(ServerRequest request) {
        return ok(RecordingView.of(recordingOf(request)));
    }

    private Mono<ServerResponse> fileOf(ServerRequest request) {
        var asset = recordingOf(request).asset().orElseThrow(() -> new NoSuchElementException("it has no file yet"));
        boolean sha256 = request.queryParam("sha256").map(Boolean::parseBoolean)
                .orElse(asset.movie().size() <= MOST_HASHED_UNASKED);
        return Mono.fromCallable(() -> new FileView(asset.id(), asset.path(), links.link(asset.path(), LINK_LIFE),
                asset.movie().size(), asset.movie().etag(), movies.crc32c(asset.movie()),
                sha256 ? movies.sha256(asset.movie()) : null))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(ControlRoutes::ok);
    }

    private Room roomOf(ServerRequest request) {
        return ledger.room(request.pathVariable("roomId"))
                .orElseThrow(() -> new NoSuchElementException("no such room"));
    }

    private Recording recordingOf(ServerRequest request) {
        return ledger.recording(request.pathVariable("recordingId"))
                .orElseThrow(() -> new NoSuchElementException("no such recording"));
    }

    private <T> Mono<T> body(ServerRequest request, Class<T> type) {
        return request.bodyToMono(byte[].class).defaultIfEmpty("{}".getBytes(StandardCharsets.US_ASCII))
                .map(bytes -> json.readValue(bytes, type));
    }

    private static HandlerFunction<ServerResponse> told(Function<ServerRequest, Mono<ServerResponse>> deed) {
        return request -> Mono.defer(() -> deed.apply(request))
                .onErrorResume(JacksonException.class, e -> refused(400, e.getOriginalMessage()))
                .onErrorResume(IllegalArgumentException.class, e -> refused(400, e.getMessage()))
                .onErrorResume(NoSuchElementException.class, e -> refused(404, e.getMessage()));
    }

    private static Mono<ServerResponse> refused(int status, @Nullable String why) {
        return ServerResponse.status(status).bodyValue(Map.of("error", why == null ? "no reason known" : why));
    }

    private static Mono<ServerResponse> ok(Object body) {
        return ServerResponse.ok().bodyValue(body);
    }
}
