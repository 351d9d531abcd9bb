package app.kulti.recording.processor.running;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.processor.advance.Hms;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * 100ms as the processor sees it, with one recording per room, and faults that a test can ask for. Whatever has an id of
 * 100ms's own form belongs to the simulator, which is asked by the real client.
 */
final class PlayedHms implements Hms {
    private static final String OF_100MS = "[0-9a-f]{24}";

    private final Hms real;
    private final Map<String, HmsRecording> recordings = new ConcurrentHashMap<>();
    private final Map<RoomId, Fault> faults = new ConcurrentHashMap<>();
    private final Map<RoomId, AtomicInteger> starts = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();

    PlayedHms(Hms real) {
        this.real = real;
    }

    private static boolean isReal(String id) {
        return id.matches(OF_100MS);
    }

    /** What goes wrong with a room. */
    enum Fault {
        /** It does not answer, and does nothing. */
        AWAY,
        /** It starts, and the answer is lost. */
        ANSWER_LOST,
        /** It takes a while. */
        SLOW,
        /** Its configuration is wrong. */
        REFUSES
    }

    void fault(RoomId room, Fault fault) {
        faults.put(room, fault);
    }

    void mend(RoomId room) {
        faults.remove(room);
    }

    /** How often the room was really asked to start. */
    int starts(RoomId room) {
        return starts.computeIfAbsent(room, _ -> new AtomicInteger()).get();
    }

    List<HmsRecording> in(RoomId room) {
        return recordings.values().stream().filter(recording -> recording.roomId().equals(room))
                .sorted(Comparator.comparing(HmsRecording::createdAt).reversed()).toList();
    }

    /** Somebody else starts it, on the dashboard. */
    HmsRecording startedElsewhere(RoomId room, Instant at) {
        return make(room, at);
    }

    private HmsRecording make(RoomId room, Instant at) {
        var recording = new HmsRecording("job-" + room + "-" + ids.incrementAndGet(), room, "hms-" + room, "starting",
                at, null, null, List.of());
        recordings.put(recording.id(), recording);
        return recording;
    }

    void finish(String id, String path) {
        become(id, "completed", new HmsRecording.Asset("asset-" + id, "room-composite", "completed", path, 1_000L, 60L,
                "1280x720", Instant.now()));
    }

    private HmsRecording become(String id, String status, HmsRecording.@Nullable Asset asset) {
        return recordings.compute(id, (_, was) -> {
            if (was == null) {
                throw new IllegalStateException("no recording " + id);
            }
            return new HmsRecording(id, was.roomId(), was.hmsSessionId(), status, was.createdAt(), was.startedAt(),
                    was.stoppedAt() == null ? Instant.now() : was.stoppedAt(),
                    asset == null ? List.of() : List.of(asset));
        });
    }

    private Mono<HmsAnswer> answer(RoomId room, Supplier<HmsAnswer> act) {
        return switch (faults.get(room)) {
            case null -> Mono.fromSupplier(act);
            case AWAY -> Mono.just(new HmsAnswer.Unavailable("it does not answer"));
            case ANSWER_LOST -> Mono.fromSupplier(() -> {
                var _ = act.get();
                faults.remove(room);
                return new HmsAnswer.Unavailable("timeout");
            });
            case SLOW -> Mono.fromSupplier(act).delayElement(Duration.ofSeconds(1));
            case REFUSES -> Mono.just(new HmsAnswer.Refused(400, "invalid input"));
        };
    }

    private static boolean runs(HmsRecording recording) {
        return recording.status().equals("starting") || recording.status().equals("running");
    }

    @Override
    public Mono<HmsAnswer> start(RoomId room, Duration limit) {
        if (isReal(room.value())) {
            return real.start(room, limit);
        }
        return answer(room, () -> {
            if (in(room).stream().anyMatch(PlayedHms::runs)) {
                return new HmsAnswer.Conflict(null);
            }
            starts.computeIfAbsent(room, _ -> new AtomicInteger()).incrementAndGet();
            return new HmsAnswer.Found(make(room, Instant.now()));
        });
    }

    @Override
    public Mono<HmsAnswer> stop(String id, Duration limit) {
        if (isReal(id)) {
            return real.stop(id, limit);
        }
        var known = recordings.get(id);
        return known == null
                ? Mono.just(new HmsAnswer.NotFound())
                : answer(known.roomId(), () -> runs(recordings.getOrDefault(id, known))
                        ? new HmsAnswer.Found(become(id, "stopping", null))
                        : new HmsAnswer.NotFound());
    }

    @Override
    public Mono<HmsAnswer> stop(RoomId room, Duration limit) {
        if (isReal(room.value())) {
            return real.stop(room, limit);
        }
        return in(room).stream().filter(PlayedHms::runs).findFirst().map(recording -> stop(recording.id(), limit))
                .orElseGet(() -> Mono.just(new HmsAnswer.NotFound()));
    }

    @Override
    public Mono<HmsAnswer> look(String id, Duration limit) {
        if (isReal(id)) {
            return real.look(id, limit);
        }
        var known = recordings.get(id);
        return Mono.just(known == null ? new HmsAnswer.NotFound() : new HmsAnswer.Found(known));
    }

    @Override
    public Mono<Reply<List<HmsRecording>>> list(RoomId room, Instant since, Duration limit) {
        if (isReal(room.value())) {
            return real.list(room, since, limit);
        }
        return faults.get(room) == Fault.AWAY
                ? Mono.just(new Reply.Withheld<>(new HmsAnswer.Unavailable("it does not answer")))
                : Mono.just(new Reply.Given<>(
                        in(room).stream().filter(recording -> !recording.createdAt().isBefore(since)).toList()));
    }

    @Override
    public Mono<Reply<Optional<Instant>>> time(Duration limit) {
        return real.time(limit);
    }

    @Override
    public Mono<Reply<AssetUrl>> sign(String assetId, Duration limit) {
        if (isReal(assetId)) {
            return real.sign(assetId, limit);
        }
        return Mono.just(new Reply.Given<>(new AssetUrl(
                new SignedUrl(
                        URI.create("https://files.example/" + assetId + ".mp4?signature=" + ids.incrementAndGet())),
                Instant.now().plusSeconds(3600))));
    }
}
