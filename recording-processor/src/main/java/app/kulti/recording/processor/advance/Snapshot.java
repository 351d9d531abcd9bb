package app.kulti.recording.processor.advance;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.processor.recording.OutsideId;
import app.kulti.recording.processor.recording.Tombstone;
import java.util.List;
import java.util.Map;

/**
 * What is stored of a {@link Scope}, locked until the transaction ends.
 *
 * @param names      whose 100ms's ids are
 * @param starts     those of the named recordings, and the unsettled ones of the sessions and rooms
 * @param recordings the named ones, those that may be meant, and what is active in the sessions
 * @param tombstones of the named recordings and of those that may be meant
 * @param sessions   the named ones, and those that own the rooms
 * @param notes      what was decided about the events before
 */
public record Snapshot(Map<OutsideId, RecordingId> names, List<Start> starts, List<Stored> recordings,
        List<Tombstone> tombstones, List<KnownSession> sessions, List<Note> notes) {}
