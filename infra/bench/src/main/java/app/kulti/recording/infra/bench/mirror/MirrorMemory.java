package app.kulti.recording.infra.bench.mirror;

import app.kulti.recording.infra.bench.Bench;
import app.kulti.recording.infra.bench.Benchmark;
import app.kulti.recording.infra.bench.Figure;
import app.kulti.recording.infra.bench.Goal;
import app.kulti.recording.infra.local.run.JvmOptions;
import app.kulti.recording.infra.local.run.Service;
import java.util.List;
import java.util.Map;

/** The whole worker's memory with eight films on their way: the same for long ones as for short ones. Needs 35 GiB. */
public final class MirrorMemory implements Benchmark {
    private static final long SHORT = 64 * Film.MIB;
    private static final long LONG = 2048 * Film.MIB;

    @Override
    public String name() {
        return "mirror-memory";
    }

    /** Once, however many rounds there are: a peak does not depend on how fast the machine is. */
    @Override
    public void run(Bench bench) throws Exception {
        try (var stage = Stage.start(bench.folder())) {
            var few = peakMib(stage, SHORT);
            bench.say("  8 × 64 MiB: %.0f MiB".formatted(few));
            var many = peakMib(stage, LONG);
            bench.say("  8 × 2 GiB: %.0f MiB".formatted(many));
            var note = "unit=MiB, long films beside short ones; ratio=MiB";
            bench.result(new Figure(name(), many, few, many, Goal.atMost(400), note));
            bench.result(new Figure(name() + "-growth", many, few, many / few, Goal.atMost(1.1), "unit=MiB"));
            var local = localPeakMib(stage);
            bench.result(new Figure(name() + "-local", local, local, local, Goal.atMost(300),
                    "one film of 1 GiB with the local run's JVM options; ratio=MiB"));
        }
    }

    /** As ./mvnw -Prun starts it. */
    private static double localPeakMib(Stage stage) throws Exception {
        try (var worker = stage.worker(JvmOptions.usual(Service.MIRROR), Map.of())) {
            worker.copy(List.of(Film.fast(1024 * Film.MIB, 1)));
            stage.empty();
            return worker.peakMib();
        }
    }

    private static double peakMib(Stage stage, long bytes) throws Exception {
        try (var worker = stage.worker(Map.of("KULTI_MIRROR_PARALLELISM", "8"))) {
            worker.copy(MirrorEight.films(bytes));
            stage.empty();
            return worker.peakMib();
        }
    }
}
