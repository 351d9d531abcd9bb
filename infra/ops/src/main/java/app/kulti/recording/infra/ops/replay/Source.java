package app.kulti.recording.infra.ops.replay;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.OperatorAction.ReplaySource;
import app.kulti.recording.events.wire.Envelope;
import java.util.function.Predicate;

/** Where replayed webhooks come from. */
interface Source {
    /**
     * Hands over each webhook that is meant, once, partition by partition and in their order, the same ones in the same order
     * each time, until {@code more} says no.
     */
    void each(Predicate<Item> more);

    /** What {@code ops.audit} needs to know in order to find the same webhooks again. */
    ReplaySource described();

    /** A webhook and its place; lines of a file are offsets of partition 0. */
    record Item(int partition, long offset, Envelope<HmsWebhook> webhook) {}
}
