package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import app.kulti.recording.mirror.mirroring.plan.Flaw;
import org.jspecify.annotations.Nullable;

/** How a copy ended. */
public sealed interface Ending {
    /**
     * The object equals its source.
     *
     * @param crc32c eight hex digits; absent when a finished object was found of which nobody knows it any more
     */
    record Verified(long size, @Nullable String crc32c) implements Ending {}

    /** The source is no film that should be kept. */
    record Refused(Flaw flaw) implements Ending {
        /** Refused for this reason, with a sentence for people. */
        public Refused(RefusedBecause reason, String detail) {
            this(new Flaw(reason, detail));
        }
    }

    /** The URL lets nobody in any more. */
    record SourceExpired() implements Ending {}

    /**
     * Later perhaps.
     *
     * @param fault whose fault it is, for figures
     * @param cause one sentence for people, without URLs
     */
    record NotNow(Fault fault, String cause) implements Ending {}

    /** Asked to stop, it stopped at the end of a part; whoever takes it up goes on from there. */
    record HandedOver() implements Ending {}
}
