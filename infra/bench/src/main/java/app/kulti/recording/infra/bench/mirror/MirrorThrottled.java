package app.kulti.recording.infra.bench.mirror;

import app.kulti.recording.infra.bench.Bench;
import app.kulti.recording.infra.bench.Benchmark;
import app.kulti.recording.infra.bench.Goal;
import java.util.List;
import java.util.Map;

/** A source that gives each connection 10 MB/s, the first byte after 50 ms: what ranges side by side are for. */
public final class MirrorThrottled implements Benchmark {
    private static final long BYTES = 512 * Film.MIB;

    @Override
    public String name() {
        return "mirror-throttled";
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (var stage = Stage.start(bench.folder());
                var worker = stage.worker(Map.of("KULTI_MIRROR_RANGES", "8", "KULTI_MIRROR_MEMORY", "96MB"))) {
            var rclone = new Rclone(stage);
            var film = new Film(Film.Line.THROTTLED, BYTES, 1);
            worker.copy(List.of(Film.fast(BYTES, 1)));
            stage.empty();
            bench.result(bench.inTurn(() -> {
                var rate = worker.copy(List.of(film)).mibPerSecond();
                stage.empty();
                return rate;
            }, () -> {
                var rate = rclone.copy(film).mibPerSecond();
                stage.empty();
                return rate;
            }).figure(name(), Goal.atLeast(6)));
        }
    }
}
