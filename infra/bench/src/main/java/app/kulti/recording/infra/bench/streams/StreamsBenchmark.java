package app.kulti.recording.infra.bench.streams;

import app.kulti.recording.events.MirrorWish;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingState;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.infra.bench.Bench;
import app.kulti.recording.infra.bench.Benchmark;
import app.kulti.recording.infra.bench.Figure;
import app.kulti.recording.infra.bench.Goal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * 5,000 streams of 5,000 people are open at one gateway; in each round something happens in every session at once. The figures
 * are the share of people whom it reaches within a second, in the worst round, and the gateway's memory.
 */
public final class StreamsBenchmark implements Benchmark {
    private static final Duration IN_TIME = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final double MEBIBYTES = 512;

    @Override
    public String name() {
        return "streams";
    }

    @Override
    public void run(Bench bench) throws Exception {
        var crowd = Crowd.gather();
        try (var gateway = GatewayAlone.start(bench.folder()); var readers = new Readers(gateway.address())) {
            try (var app = gateway.app()) {
                crowd.store(app);
            }
            open(crowd, readers);
            bench.say("  %,d streams are open, %.0f MiB resident".formatted(readers.all().size(),
                    gateway.mostResidentMebibytes()));

            // Not counted: a gateway that thousands follow has seen an event before.
            round(0, crowd, readers, gateway);
            var worst = 1.0;
            var slowest = Duration.ZERO;
            for (int i = 1; i <= bench.rounds(); i++) {
                var round = round(i, crowd, readers, gateway);
                bench.say("  round %d: %s".formatted(i, round));
                worst = Math.min(worst, round.share());
                slowest = slowest.compareTo(round.last()) > 0 ? slowest : round.last();
            }
            bench.result(new Figure("streams", worst * crowd.members(), crowd.members(), worst, Goal.atLeast(1.0),
                    "last=%dms".formatted(slowest.toMillis())));
            var resident = gateway.mostResidentMebibytes();
            bench.result(new Figure("streams-memory", resident, MEBIBYTES, resident, Goal.atMost(MEBIBYTES), "MiB"));
        }
    }

    private static void open(Crowd crowd, Readers readers) throws IOException {
        for (var session : crowd.sessions()) {
            for (var person : session.people()) {
                readers.open(session.id(), GatewayAlone.token(person), LIMIT);
            }
        }
        for (var stranger : crowd.strangers()) {
            readers.open(null, GatewayAlone.token(stranger), LIMIT);
        }
        if (!readers.readUntil(() -> readers.all().stream().allMatch(Reader::isOpen), LIMIT)) {
            throw new IllegalStateException("not all streams could be opened");
        }
    }

    /**
     * What became of one round.
     *
     * @param share of the people whom it reached in time
     * @param last  when it had reached the last of them
     */
    private record Round(double share, Duration median, Duration last) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.4f in time, half after %d ms, all after %d ms", share,
                    median.toMillis(), last.toMillis());
        }
    }

    private static Round round(int number, Crowd crowd, Readers readers, GatewayAlone gateway) throws Exception {
        var revision = number + 1;
        var published = new HashMap<UUID, Long>();
        var sent = new ArrayList<CompletableFuture<Void>>();
        for (var session : crowd.sessions()) {
            published.put(session.id(), System.nanoTime());
            sent.add(gateway.publish(started(session.id(), revision)));
        }
        var members = readers.all().stream().filter(Reader::isMember).toList();
        var reachedAll = readers.readUntil(() -> members.stream().allMatch(reader -> reader.latest() == revision),
                LIMIT);
        sent.forEach(CompletableFuture::join);
        if (!reachedAll || members.stream().anyMatch(reader -> reader.told() != revision)) {
            throw new IllegalStateException("somebody was not told, or was told twice");
        }
        // Strangers would fail at the first word: here for what may come late.
        readers.readUntil(() -> false, Duration.ofMillis(200));
        return judged(members, published);
    }

    private static Round judged(List<Reader> members, Map<UUID, Long> published) {
        var nanos = members.stream()
                .mapToLong(reader -> reader.latestAt() - published.getOrDefault(reader.session(), 0L)).sorted()
                .toArray();
        var inTime = Arrays.stream(nanos).filter(one -> one <= IN_TIME.toNanos()).count();
        return new Round((double) inTime / nanos.length, Duration.ofNanos(nanos[nanos.length / 2]),
                Duration.ofNanos(nanos[nanos.length - 1]));
    }

    /** In every round the same recording, one revision on. */
    private static RecordingEvent started(UUID session, int revision) {
        return new RecordingEvent.Started(new RecordingState(new RecordingId(session), new SessionId(session), null,
                revision, RecordingStatus.RECORDING, "hms-" + session, Instant.EPOCH, null, null, null,
                MirrorWish.NOTHING, null, null, false, false));
    }
}
