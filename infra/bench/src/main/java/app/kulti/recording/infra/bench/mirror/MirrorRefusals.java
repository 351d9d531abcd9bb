package app.kulti.recording.infra.bench.mirror;

import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.infra.bench.Bench;
import app.kulti.recording.infra.bench.Benchmark;
import app.kulti.recording.infra.bench.Figure;
import app.kulti.recording.infra.bench.Goal;
import java.util.List;
import java.util.Map;

/** Files that are none: how many of them are taken for good. */
public final class MirrorRefusals implements Benchmark {
    private static final List<Film> BAD = List.of(new Film(Film.Line.SHORT, 32 * Film.MIB, 1),
            new Film(Film.Line.PAGE, 32 * Film.MIB, 2), new Film(Film.Line.CUT, 32 * Film.MIB, 3));

    @Override
    public String name() {
        return "mirror-refusals";
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (var stage = Stage.start(bench.folder()); var worker = stage.worker(Map.of())) {
            var rclone = new Rclone(stage);
            var blob = new FetchBlobUpload(stage);
            var ourTaken = 0;
            var rcloneTaken = 0;
            var blobTaken = 0;
            for (var film : BAD) {
                var report = worker.awaitReport(worker.begin(film));
                var byRclone = rclone.tryCopy(film).status() == 0;
                var byBlob = blob.tryCopy(film).status() == 0;
                bench.say("  %s: mirror %s, rclone %s, fetch-blob-upload %s".formatted(film.line(), inWords(report),
                        inWords(byRclone), inWords(byBlob)));
                ourTaken += report instanceof MirrorReport.Refused ? 0 : 1;
                rcloneTaken += byRclone ? 1 : 0;
                blobTaken += byBlob ? 1 : 0;
            }
            bench.result(new Figure(name(), ourTaken, rcloneTaken, ourTaken, Goal.atMost(0),
                    "bad files taken for good; fetch-blob-upload took " + blobTaken));
        }
    }

    private static String inWords(MirrorReport report) {
        return report instanceof MirrorReport.Refused refused ? "refuses it: " + refused.reason() : report.toString();
    }

    private static String inWords(boolean taken) {
        return taken ? "stores it" : "fails";
    }
}
