package app.kulti.recording.infra.bench;

import java.util.Locale;

/**
 * A figure as it is reported.
 *
 * @param ratio what the goal is about
 * @param note what else helps to judge it: CPU, steal, the limit that was met
 */
public record Figure(String name, double ours, double peer, double ratio, Goal goal, String note) {
    boolean met() {
        return goal.met(ratio);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "RESULT %s ours=%.1f peer=%.1f ratio=%.3f goal=%s %s %s", name, ours, peer,
                ratio, goal, met() ? "met" : "MISSED", note).strip();
    }
}
