package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.mirror.mirroring.plan.PartSize;
import java.time.Duration;

/**
 * How a copy is made.
 *
 * @param ranges      parts of one file that are read at the same time
 * @param partSize    how large they are
 * @param notesEvery  how often the plan of a running copy is noted
 * @param reportEvery how often a running copy is reported
 */
public record CopySettings(int ranges, PartSize partSize, Duration notesEvery, Duration reportEvery) {

    /**
     * Parts of one file that are being read, stored or not yet noted, and so may have to be read again: enough for the
     * source to be read without a pause while others go into the bucket.
     */
    int partsInFlight() {
        return 2 * ranges;
    }
}
