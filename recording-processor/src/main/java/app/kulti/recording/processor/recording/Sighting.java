package app.kulti.recording.processor.recording;

import app.kulti.recording.events.ids.RoomId;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one message says about which recording it speaks of.
 *
 * @param ids         its names, to be learnt
 * @param alsoKnownAs names it may have been learnt by: where 100ms does not say what an id names, more than one kind
 * @param begunAt     when that recording began; exact to a few seconds
 * @param endedAt     when it ended
 * @param at          when the message was made
 * @param begins      it says that the recording begins
 * @param composite   it is of the kind that this system starts; what is not is known by its names alone
 */
public record Sighting(List<OutsideId> ids, List<OutsideId> alsoKnownAs, @Nullable RoomId room,
        @Nullable String hmsSession, @Nullable Instant begunAt, @Nullable Instant endedAt, @Nullable Instant at,
        boolean begins, boolean composite) {
    public Sighting {
        ids = List.copyOf(ids);
        alsoKnownAs = List.copyOf(alsoKnownAs);
    }

    /** Every name by which the recording may be known, the best first. */
    public List<OutsideId> names() {
        return Stream.concat(ids.stream(), alsoKnownAs.stream()).toList();
    }

    /** When it happened at the latest; absent when no time is known at all. */
    @Nullable
    Instant latest() {
        return endedAt == null ? at : endedAt;
    }
}
