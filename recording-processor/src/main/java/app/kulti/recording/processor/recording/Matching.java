package app.kulti.recording.processor.recording;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which recording a message speaks of when none of its names is known. Never a guess: two that fit are as good as none. */
public final class Matching {
    /** How far 100ms's clock and ours may differ. */
    public static final Duration SKEW = Duration.ofSeconds(5);

    /** How long after 100ms took a start its first picture may come. */
    private static final Duration START = Duration.ofMinutes(1);

    private Matching() {}

    /** What a message is compared with. */
    public sealed interface Candidate {
        RecordingId id();

        /**
         * A start whose answer is not known, or never was.
         *
         * @param issuedAt when somebody asked for it
         * @param until    when it can have begun at the latest; absent while it is in flight
         */
        record Start(RecordingId id, RoomId room, Instant issuedAt, @Nullable Instant until) implements Candidate {}

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

        /** Nothing says that it is one of these, and nothing that it is not. */
        record Perhaps(int count) implements Match {}

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
        return starts.isEmpty() ? known(sighting, candidates) : only(starts);
    }

    private static Match known(Sighting sighting, Collection<? extends Candidate> candidates) {
        var fits = candidates.stream().filter(Candidate.Known.class::isInstance).map(Candidate.Known.class::cast)
                .collect(Collectors.groupingBy(known -> fit(sighting, known)));
        var fitting = ids(fits.getOrDefault(Fit.YES, List.of()));
        var unclear = ids(fits.getOrDefault(Fit.UNCLEAR, List.of()));
        return fitting.isEmpty() && !unclear.isEmpty() ? new Match.Perhaps(unclear.size()) : only(fitting);
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
        var until = start.until();
        if (begun == null) {
            return sighting.begins() && until == null;
        }
        return !begun.isBefore(start.issuedAt().minus(SKEW)) && (until == null || !begun.isAfter(until));
    }

    private enum Fit {
        YES, UNCLEAR, NO
    }

    private static Fit fit(Sighting sighting, Candidate.Known known) {
        var names = new Names(known.ids(), null);
        return isOfSameSession(sighting, known)
                // The file of a stream is no beam; of a deleted recording only the names in the batch are at hand.
                && (known.ids().isEmpty() || names.isBeam())
                && !names.contradict(sighting.ids())
                        ? timesFit(sighting, known)
                        : Fit.NO;
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

    /** Two beams of one session differ in when they began; what does not say so may belong to each that can have lasted. */
    private static Fit timesFit(Sighting sighting, Candidate.Known known) {
        var begun = known.begunAt();
        var ended = known.endedAt();
        var said = sighting.begunAt();
        var latest = sighting.latest();
        if ((begun != null && latest != null && latest.plus(SKEW).isBefore(begun))
                || (said != null && ended != null && said.isAfter(ended.plus(SKEW)))) {
            return Fit.NO;
        }
        if (begun == null || said == null) {
            return Fit.UNCLEAR;
        }
        if (said.plus(SKEW).isBefore(begun)) {
            return Fit.NO;
        }
        if (!said.isAfter(begun.plus(START))) {
            return Fit.YES;
        }
        return sighting.begins() ? Fit.NO : Fit.UNCLEAR;
    }
}
