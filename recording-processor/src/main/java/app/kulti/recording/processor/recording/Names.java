package app.kulti.recording.processor.recording;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What 100ms calls it.
 *
 * @param ids        all that were ever learnt, in their own order
 * @param hmsSession 100ms's session
 */
public record Names(List<OutsideId> ids, @Nullable Said<String> hmsSession) {
    static final Names NONE = new Names(List.of(), null);

    public Names {
        ids = List.copyOf(ids);
    }

    Names learn(Evidence.Identified evidence) {
        var session = evidence.hmsSessionId();
        return new Names(ids.containsAll(evidence.ids())
                ? ids
                : Stream.concat(ids.stream(), evidence.ids().stream()).distinct().sorted().toList(),
                session == null ? hmsSession : Said.later(hmsSession, evidence.stamp(), session));
    }

    /** The id that names it best; the empty text while there is none. */
    public String best() {
        return ids.isEmpty() ? "" : ids.getFirst().id();
    }

    /** Whether it is one of the beams, of which a room has one at a time; a stream's file may lie beside them. */
    public boolean isBeam() {
        return first(OutsideId.Kind.JOB) != null || first(OutsideId.Kind.BEAM) != null;
    }

    /** The API's id, which calls to 100ms need. */
    public @Nullable String job() {
        return first(OutsideId.Kind.JOB);
    }

    /** 100ms's session. */
    public @Nullable String session() {
        return Said.valueOf(hmsSession);
    }

    private @Nullable String first(OutsideId.Kind kind) {
        for (var id : ids) {
            if (id.kind() == kind) {
                return id.id();
            }
        }
        return null;
    }

    /** Whether {@code others} cannot be names of the same recording. */
    boolean contradict(List<OutsideId> others) {
        return others.stream().anyMatch(other -> other.kind().isOnePerRecording() && !ids.contains(other)
                && ids.stream().anyMatch(id -> id.kind() == other.kind()));
    }
}
