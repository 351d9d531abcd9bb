package app.kulti.recording.infra.bench;

import java.util.Locale;

/** Ours and the peer, one after the other. */
public record Round(Measurement ours, Measurement peer) {
    double ratio() {
        return ours.value() / peer.value();
    }

    /** What ours has more than the peer. */
    double difference() {
        return ours.value() - peer.value();
    }

    /** The same round, by something else that was measured in it. */
    public Round with(double other, double peers) {
        return new Round(ours.with(other), peer.with(peers));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "ours=%.1f peer=%.1f ratio=%.3f cpu=%.1fs/%.1fs steal=%.1fs", ours.value(),
                peer.value(), ratio(), ours.machine().busySeconds(), peer.machine().busySeconds(),
                ours.machine().stolenSeconds() + peer.machine().stolenSeconds());
    }
}
