package app.kulti.recording.infra.bench.mirror;

import app.kulti.recording.infra.bench.Bench;
import app.kulti.recording.infra.bench.Benchmark;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One long film: rate and CPU beside {@code rclone copyurl}, and how the code that holds it in memory does. */
public final class MirrorOne implements Benchmark {
    private static final long BYTES = 1024 * Film.MIB;

    @Override
    public String name() {
        return "mirror-one";
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (var stage = Stage.start(bench.folder()); var worker = stage.worker(Map.of())) {
            var rclone = new Rclone(stage);
            var film = Film.fast(BYTES, 1);
            // Boot and the compilers' work are not what is compared.
            worker.copy(List.of(film));
            stage.empty();
            SideBySide.run(bench, name(), stage, () -> worker.copy(List.of(film)), () -> rclone.copy(film));
            var blob = new FetchBlobUpload(stage).copy(film);
            bench.say(String.format(Locale.ROOT,
                    "  fetch, blob, upload in Node: %.1f MiB/s, %.1f CPU s per GiB, peak memory %.0f MiB",
                    blob.copied().mibPerSecond(), blob.copied().cpuSecondsPerGib(), blob.peakMib()));
        }
    }
}
