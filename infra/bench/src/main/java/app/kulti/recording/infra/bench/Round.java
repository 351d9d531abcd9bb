package app.kulti.recording.infra.bench;

import java.util.Locale;

/** Ours and the peer, one after the other. */
record Round(Measurement ours, Measurement peer) {
    double ratio() {
        return ours.value() / peer.value();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "ours=%.1f peer=%.1f ratio=%.3f cpu=%.1fs/%.1fs steal=%.1fs", ours.value(),
                peer.value(), ratio(), ours.machine().busySeconds(), peer.machine().busySeconds(),
                ours.machine().stolenSeconds() + peer.machine().stolenSeconds());
    }
}
