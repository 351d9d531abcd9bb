package app.kulti.recording.processor.recording;

import static app.kulti.recording.events.RecordingStatus.COMPLETED;
import static app.kulti.recording.events.RecordingStatus.PROCESSING;

/**
 * What evidence changes. In whatever order and however often the same evidence comes, the end is the same; so every case
 * takes the higher, the later or the union, and none asks what came first.
 */
public final class Join {
    private Join() {}

    /** What is known once {@code evidence} is known too; equal to {@code facts} when it says nothing new. */
    public static Facts apply(Facts facts, Evidence evidence) {
        return switch (evidence) {
            case Evidence.Identified it -> facts.with(facts.names().learn(it));
            case Evidence.Inherited it -> facts.with(facts.course().reach(it.status()));
            case Evidence.Accepted it -> facts.with(facts.course().accept(it));
            case Evidence.Started it -> facts.with(facts.course().start(it));
            case Evidence.StopWanted it -> facts.with(facts.course().wantStop(it));
            case Evidence.Stopped it -> facts.with(facts.course().stop(it));
            case Evidence.Superseded _ -> facts.with(facts.course().reach(PROCESSING));
            case Evidence.Failed it -> facts.with(facts.course().fail(it));
            case Evidence.FileReady it ->
                facts.with(facts.source().found(it)).with(facts.course().reach(COMPLETED));
            case Evidence.LinkRenewed it -> facts.with(facts.source().renew(it));
            case Evidence.Copying it -> facts.with(facts.copies().copying(it));
            case Evidence.Verified it -> facts.with(facts.copies().verify(it));
            case Evidence.Refused it -> facts.with(facts.copies().refuse(it));
            case Evidence.Kept it -> facts.withKept(Said.later(facts.kept(), it.stamp(), it.kept()));
            case Evidence.ExpiryTold it -> facts.withExpiry(Said.later(facts.expiry(), it.stamp(), it.expiresAt()));
        };
    }
}
