package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.events.MirrorReport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is reported. */
final class ToldReports implements Reports {
    private final List<MirrorReport> told = new CopyOnWriteArrayList<>();

    @Override
    public void say(MirrorReport report) {
        told.add(report);
    }

    @Override
    public void mention(MirrorReport report) {
        told.add(report);
    }

    List<MirrorReport> all() {
        return told;
    }
}
