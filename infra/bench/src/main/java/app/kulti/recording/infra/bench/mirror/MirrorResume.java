package app.kulti.recording.infra.bench.mirror;

import static org.awaitility.Awaitility.await;

import app.kulti.recording.infra.bench.Bench;
import app.kulti.recording.infra.bench.Benchmark;
import app.kulti.recording.infra.bench.Figure;
import app.kulti.recording.infra.bench.Goal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;

/** A worker is killed after 60 % of a film, and another one goes on: how much of the source is read in all. */
public final class MirrorResume implements Benchmark {
    private static final long BYTES = 1024 * Film.MIB;
    private static final double KILLED_AT = 0.6;
    private static final int RANGES = 8;
    /** Those that are read, and as many that are stored or not yet noted. */
    private static final int IN_FLIGHT = 2 * RANGES;
    private static final long PART = 8 * Film.MIB;
    /** Whoever begins anew reads what it has read once more. */
    private static final double RCLONE = 1 + KILLED_AT;

    @Override
    public String name() {
        return "mirror-resume";
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (var stage = Stage.start(bench.folder())) {
            var ratios = new ArrayList<Double>();
            for (var round = 1; round <= bench.rounds(); round++) {
                ratios.add(readOverSize(stage));
                bench.say("  round %d: %.3f of the film were read".formatted(round, ratios.getLast()));
            }
            // The worst one: it is a promise, not an average.
            var worst = ratios.stream().mapToDouble(ratio -> ratio).max().orElseThrow();
            bench.result(new Figure(name(), worst, RCLONE, worst, Goal.atMost(1 + IN_FLIGHT * PART / (double) BYTES),
                    "worst of %d; the peer begins anew".formatted(ratios.size())));
        }
    }

    private static double readOverSize(Stage stage) throws Exception {
        var before = stage.sent();
        var settings = Map.of("KULTI_MIRROR_RANGES", Integer.toString(RANGES), "KULTI_MIRROR_PARTSIZE", "8MB",
                "KULTI_MIRROR_MEMORY", "96MB");
        var film = Film.fast(BYTES, 1);
        try (var first = stage.worker(settings)) {
            var state = first.begin(film);
            await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(10))
                    .until(() -> stage.sent() - before >= KILLED_AT * BYTES);
            first.kill();
            try (var second = stage.worker(settings)) {
                second.awaitVerified(state);
            }
        }
        stage.empty();
        return (stage.sent() - before) / (double) BYTES;
    }
}
