package app.kulti.recording.infra.ops;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far something long has come: a bar at a terminal, nothing in a script. */
public final class Progress implements AutoCloseable {
    /** Narrower than any terminal: a line that wraps is not overwritten by the next. */
    private static final int WIDTH = 79;

    private final Desk desk;
    private final @Nullable ProgressBar bar;

    private Progress(Desk desk, @Nullable ProgressBar bar) {
        this.desk = desk;
        this.bar = bar;
    }

    /**
     * Begins at nothing.
     *
     * @param total -1 when it is not known
     */
    public static Progress of(Desk desk, String task, long total) {
        if (!desk.atTerminal()) {
            return new Progress(desk, null);
        }
        return new Progress(desk, new ProgressBarBuilder().setTaskName(task).setInitialMax(total)
                .setUpdateIntervalMillis(200).setStyle(ProgressBarStyle.ASCII).showSpeed()
                .setConsumer(new DelegatingProgressBarConsumer(bar -> desk.note("\r", bar), WIDTH)).build());
    }

    /** So far it has come in all. */
    public void at(long done) {
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            desk.note("");
        }
    }
}
