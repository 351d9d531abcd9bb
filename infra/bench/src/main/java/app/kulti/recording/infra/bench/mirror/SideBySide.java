package app.kulti.recording.infra.bench.mirror;

import app.kulti.recording.infra.bench.Bench;
import app.kulti.recording.infra.bench.Goal;
import app.kulti.recording.infra.bench.Round;
import app.kulti.recording.infra.bench.Rounds;
import java.util.ArrayList;
import java.util.List;

/** Compares rate and CPU of two that copy the same. */
final class SideBySide {
    private static final double RATE = 1.0;
    private static final double CPU = 1.2;

    private SideBySide() {}

    /** One of the two. */
    @FunctionalInterface
    interface Copier {
        Copied copy() throws Exception;
    }

    /** Reports MiB/s as {@code name}, and CPU seconds per GiB as {@code name-cpu}. */
    static void run(Bench bench, String name, Stage stage, Copier ours, Copier peer) throws Exception {
        var ourCopies = new ArrayList<Copied>();
        var peerCopies = new ArrayList<Copied>();
        var rates = bench.inTurn(() -> rate(stage, ours, ourCopies), () -> rate(stage, peer, peerCopies));
        var cpu = new ArrayList<Round>();
        for (var i = 0; i < rates.all().size(); i++) {
            cpu.add(rates.all().get(i).with(ourCopies.get(i).cpuSecondsPerGib(), peerCopies.get(i).cpuSecondsPerGib()));
        }
        bench.result(rates.figure(name, Goal.atLeast(RATE)));
        bench.result(new Rounds(List.copyOf(cpu)).figure(name + "-cpu", Goal.atMost(CPU)));
    }

    private static double rate(Stage stage, Copier copier, List<Copied> copies) throws Exception {
        var copied = copier.copy();
        copies.add(copied);
        stage.empty();
        return copied.mibPerSecond();
    }
}
