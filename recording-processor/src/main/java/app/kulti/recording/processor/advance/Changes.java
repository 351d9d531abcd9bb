package app.kulti.recording.processor.advance;

import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.processor.recording.OutsideId;
import app.kulti.recording.processor.recording.Tombstone;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about a batch: rows to write, then events to announce, then calls to make.
 *
 * @param created    recordings that were not there
 * @param changed    recordings that were
 * @param deleted    recordings to delete, each of which becomes a tombstone
 * @param tombstones as they are to be, those just made included
 * @param names      newly learnt
 * @param begun      starts that were not there
 * @param starts     starts that were
 * @param notes      new ones, and those whose decision has changed
 * @param unmatched  events that found no recording, and that 100ms can be asked about
 * @param clicks     the traces that recordings have from the start that began them
 */
public record Changes(List<Stored> created, List<Change> changed, List<Deletion> deleted, List<Tombstone> tombstones,
        Map<OutsideId, RecordingId> names, List<Start> begun, List<Start> starts, List<Note> notes,
        List<Unmatched> unmatched, List<Envelope<RecordingEvent>> events, List<Asked> calls,
        Map<RecordingId, String> clicks) {

    /** A recording before and after. */
    public record Change(Stored before, Stored after) {}

    /**
     * A row to delete.
     *
     * @param actor who wants it, for the tombstone
     */
    public record Deletion(RecordingId recording, String actor) {}

    /**
     * A call to make.
     *
     * @param traceparent W3C trace context of what it follows from
     */
    public record Asked(HmsCall call, @Nullable String traceparent) {}
}
