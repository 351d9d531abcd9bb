package app.kulti.recording.infra.bench.mirror;

import app.kulti.recording.infra.bench.Bench;
import app.kulti.recording.infra.bench.Benchmark;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Eight films at a time beside {@code rclone copy --transfers 8}; the S3 server is the limit here. */
public final class MirrorEight implements Benchmark {
    private static final long BYTES = 512 * Film.MIB;

    @Override
    public String name() {
        return "mirror-eight";
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (var stage = Stage.start(bench.folder());
                var worker = stage.worker(Map.of("KULTI_MIRROR_PARALLELISM", "8"))) {
            var rclone = new Rclone(stage);
            var films = films(BYTES);
            worker.copy(films.subList(0, 2));
            stage.empty();
            SideBySide.run(bench, name(), stage, () -> worker.copy(films),
                    () -> rclone.copyFolder(films.getFirst(), films.size()));
        }
    }

    /** As many as one folder of the source shows. */
    static List<Film> films(long bytes) {
        return IntStream.rangeClosed(1, FilmSource.IN_A_FOLDER).mapToObj(number -> Film.fast(bytes, number)).toList();
    }
}
