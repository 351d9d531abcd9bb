package app.kulti.recording.infra.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a benchmark is given: a folder of its own, how often to measure, and somebody to tell. */
public final class Bench {
    private static final int LONGEST_WARM_UP = 15;
    /** What makes it no faster than this does not make it faster. */
    private static final double STILL_FASTER = 1.03;
    /** So many times in a row; the machine has other work, too. */
    private static final int SURELY_WARM = 3;

    private final Path folder;
    private final int rounds;
    private final double scale;
    private final PrintStream out;
    private final List<Figure> figures = new ArrayList<>();

    Bench(Path folder, int rounds, double scale, PrintStream out) {
        this.folder = folder;
        this.rounds = rounds;
        this.scale = scale;
        this.out = out;
    }

    /** For data and logs; empty at the start. */
    public Path folder() {
        return folder;
    }

    /** At least five, unless the caller wanted a quick look. */
    public int rounds() {
        return rounds;
    }

    /** Tells a person what is going on. */
    public void say(String sentence) {
        out.println(sentence);
    }

    /** {@code full}, or as much of it as the caller wanted; a figure of less than the full size is for a quick look. */
    public int scaled(int full) {
        return Math.toIntExact(Math.round(full * scale));
    }

    /**
     * Has a side do its work until it gets no faster: services run for weeks, so none is measured while its JVM compiles
     * beside the work, on cores that are all taken.
     *
     * @param rate work a second
     */
    public void warmUp(Side rate) throws Exception {
        var best = 0.0;
        var slower = 0;
        for (var i = 0; i < LONGEST_WARM_UP && slower < SURELY_WARM; i++) {
            var measured = rate.measure();
            slower = measured < best * STILL_FASTER ? slower + 1 : 0;
            best = Math.max(best, measured);
        }
    }

    /**
     * Measures ours and the peer in turn, {@link #rounds()} times, the order changing each time, so that neither profits
     * from a machine that becomes quieter or warmer.
     */
    public Rounds inTurn(Side ours, Side peer) throws Exception {
        return inTurn(ours, List.of(peer)).getFirst();
    }

    /** The same beside several peers; for each of them, in their order, its rounds. */
    public List<Rounds> inTurn(Side ours, List<Side> peers) throws Exception {
        var measured = peers.stream().map(_ -> new ArrayList<Round>()).toList();
        for (var i = 1; i <= rounds; i++) {
            var isOursFirst = i % 2 == 1;
            var first = isOursFirst ? measure(ours) : null;
            var theirs = new ArrayList<Measurement>();
            for (var peer : peers) {
                theirs.add(measure(peer));
            }
            var own = first == null ? measure(ours) : first;
            for (var peer = 0; peer < peers.size(); peer++) {
                var round = new Round(own, theirs.get(peer));
                measured.get(peer).add(round);
                say(String.format(Locale.ROOT, "  round %d: %s", i, round));
            }
        }
        return measured.stream().map(Rounds::new).toList();
    }

    /** Reports a figure: its line begins with {@code RESULT}. */
    public void result(Figure figure) {
        figures.add(figure);
        out.println(figure);
    }

    List<Figure> figures() {
        return List.copyOf(figures);
    }

    private static Measurement measure(Side side) throws Exception {
        var before = MachineTime.now();
        var value = side.measure();
        return new Measurement(value, MachineTime.now().since(before));
    }
}
