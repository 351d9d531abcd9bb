package app.kulti.recording.processor.recording;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which recording a message speaks of when none of its names is known. Never a guess: two that fit are as good as none. */
public final class Matching {
    /** How far 100ms's clock and ours may differ. */
    public static final Duration SKEW = Duration.ofSeconds(5);

    private Matching() {}

    /** What a message is compared with. */
    public sealed interface Candidate {
        RecordingId id();

        /**
         * A start whose answer is not yet known.
         *
         * @param issuedAt when somebody asked for it
         */
        record Start(RecordingId id, RoomId room, Instant issuedAt) implements Candidate {}

        /** A recording, or what is left of it. */
        record Known(RecordingId id, List<OutsideId> ids, @Nullable RoomId room, @Nullable String hmsSession,
                @Nullable Instant begunAt, @Nullable Instant endedAt) implements Candidate {}
    }

    /** What came of it. */
    public sealed interface Match {
        /** It is this one. */
        record To(RecordingId id) implements Match {}

        /** It could be each of several. */
        record Several(int count) implements Match {}

        /** It is none of them. */
        record None() implements Match {}
    }

    /** Compares with the starts in flight first, then with what is known. */
    public static Match find(Sighting sighting, Collection<? extends Candidate> candidates) {
        if (!sighting.composite()) {
            return new Match.None();
        }
        var starts = ids(candidates.stream().filter(Candidate.Start.class::isInstance)
                .map(Candidate.Start.class::cast).filter(start -> fits(sighting, start)).toList());
        return starts.isEmpty()
                ? only(ids(candidates.stream().filter(Candidate.Known.class::isInstance)
                        .map(Candidate.Known.class::cast).filter(known -> fits(sighting, known)).toList()))
                : only(starts);
    }

    private static List<RecordingId> ids(List<? extends Candidate> candidates) {
        return candidates.stream().map(Candidate::id).distinct().toList();
    }

    private static Match only(List<RecordingId> fitting) {
        return switch (fitting.size()) {
            case 0 -> new Match.None();
            case 1 -> new Match.To(fitting.getFirst());
            default -> new Match.Several(fitting.size());
        };
    }

    /** A beginning without any time can only be that of the start in flight; what ends without a known beginning cannot. */
    private static boolean fits(Sighting sighting, Candidate.Start start) {
        if (!start.room().equals(sighting.room())) {
            return false;
        }
        var begun = sighting.begunAt();
        return begun == null ? sighting.begins() : !begun.isBefore(start.issuedAt().minus(SKEW));
    }

    private static boolean fits(Sighting sighting, Candidate.Known known) {
        return isOfSameSession(sighting, known)
                && !new Names(known.ids(), null).contradict(sighting.ids())
                && timesFit(sighting, known);
    }

    /** A recording that began before anybody was in the room was not told its session; its room has to do. */
    private static boolean isOfSameSession(Sighting sighting, Candidate.Known known) {
        if (sighting.hmsSession() == null) {
            return false;
        }
        return known.hmsSession() == null
                ? known.room() != null && known.room().equals(sighting.room())
                : known.hmsSession().equals(sighting.hmsSession());
    }

    private static boolean timesFit(Sighting sighting, Candidate.Known known) {
        var begun = known.begunAt();
        var latest = sighting.latest();
        if (begun != null && latest != null && latest.plus(SKEW).isBefore(begun)) {
            return false;
        }
        var said = sighting.begunAt();
        if (said == null) {
            return true;
        }
        var ended = known.endedAt();
        return (begun == null || !said.plus(SKEW).isBefore(begun))
                && (ended == null || !said.isAfter(ended.plus(SKEW)));
    }
}
