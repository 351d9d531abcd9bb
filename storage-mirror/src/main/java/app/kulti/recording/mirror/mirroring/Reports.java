package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.events.MirrorReport;

/** Tells the processor. */
public interface Reports {
    /** Returns once the broker has acknowledged it; tries without end until then or until interrupted. */
    void say(MirrorReport report) throws InterruptedException;

    /** Says it once, without waiting: another of its kind follows soon. */
    void mention(MirrorReport report);
}
