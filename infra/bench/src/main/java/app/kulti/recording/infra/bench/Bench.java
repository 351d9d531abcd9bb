package app.kulti.recording.infra.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a benchmark is given: a folder of its own, how often to measure, and somebody to tell. */
public final class Bench {
    private final Path folder;
    private final int rounds;
    private final PrintStream out;
    private final List<Figure> figures = new ArrayList<>();

    Bench(Path folder, int rounds, PrintStream out) {
        this.folder = folder;
        this.rounds = rounds;
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

    /**
     * Measures ours and the peer in turn, {@link #rounds()} times, the order changing each time, so that neither profits
     * from a machine that becomes quieter or warmer.
     */
    public Rounds inTurn(Side ours, Side peer) throws Exception {
        var measured = new ArrayList<Round>();
        for (var i = 1; i <= rounds; i++) {
            Round round;
            if (i % 2 == 1) {
                var first = measure(ours);
                round = new Round(first, measure(peer));
            } else {
                var first = measure(peer);
                round = new Round(measure(ours), first);
            }
            measured.add(round);
            say(String.format(Locale.ROOT, "  round %d: %s", i, round));
        }
        return new Rounds(measured);
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
