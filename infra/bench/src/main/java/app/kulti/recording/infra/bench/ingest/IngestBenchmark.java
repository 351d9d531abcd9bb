package app.kulti.recording.infra.bench.ingest;

import app.kulti.recording.infra.bench.Bench;
import app.kulti.recording.infra.bench.Benchmark;
import app.kulti.recording.infra.bench.Goal;
import app.kulti.recording.infra.bench.Rounds;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * Webhooks per second that are acknowledged, and so lie in Kafka, beside what a WebFlux handler does that does
 * nothing with them. Ingest is on io_uring where it may be, its peer on epoll; {@code KULTI_INGEST_IOURING=false} has both
 * on epoll.
 */
public final class IngestBenchmark implements Benchmark {
    private static final int CROWD = 256;
    private static final int FEW = 64;
    /** At a time; shorter ones look warm while C2, which goes on for most of a minute, has only begun. */
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration ROUND = Duration.ofSeconds(6);

    @Override
    public String name() {
        return "ingest";
    }

    @Override
    public void run(Bench bench) throws Exception {
        var wrk = Wrk.find(bench.folder());
        var acknowledged = new Acknowledged();
        try (var servers = Servers.start(bench.folder())) {
            bench.say("  warming up");
            bench.warmUp(new Loaded(wrk, servers.peer(), CROWD, WARM_UP));
            var warm = new Loaded(wrk, servers.ours(), CROWD, WARM_UP);
            bench.warmUp(warm);
            warm.runs().forEach(acknowledged::add);

            bench.say("  %d connections".formatted(CROWD));
            var crowd = new Loaded(wrk, servers.ours(), CROWD, ROUND);
            bench.result(bench.inTurn(crowd, new Loaded(wrk, servers.peer(), CROWD, ROUND)).figure("ingest-" + CROWD,
                    Goal.atLeast(0.80)));

            bench.say("  %d connections".formatted(FEW));
            var few = new Loaded(wrk, servers.ours(), FEW, ROUND);
            var peersFew = new Loaded(wrk, servers.peer(), FEW, ROUND);
            var rounds = bench.inTurn(few, peersFew);
            bench.result(rounds.figure("ingest-" + FEW, Goal.atLeast(0.60)));
            bench.result(p99(rounds, few, peersFew).difference("ingest-" + FEW + "-p99", Goal.atMost(10)));

            crowd.runs().forEach(acknowledged::add);
            few.runs().forEach(acknowledged::add);
            bench.say("  each of %d acknowledged webhooks lies on the topic".formatted(
                    acknowledged.find(servers.bootstrapServers())));
        }
    }

    /** The same rounds, by how many milliseconds 99 of 100 answers took at most. */
    private static Rounds p99(Rounds rounds, Loaded ours, Loaded peer) {
        return new Rounds(IntStream.range(0, rounds.all().size()).mapToObj(round -> rounds.all().get(round)
                .with(ours.runs().get(round).p99Millis(), peer.runs().get(round).p99Millis())).toList());
    }
}
