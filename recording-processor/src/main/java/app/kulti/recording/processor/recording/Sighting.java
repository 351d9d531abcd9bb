package app.kulti.recording.processor.recording;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    /**
     * The id under which what nobody here started is adopted; none for what has no name. The beam is in every webhook of its
     * family, so that whichever comes first gives the same id.
     */
    public Optional<RecordingId> adoptedId() {
        return ids.stream().filter(name -> name.kind() == OutsideId.Kind.BEAM).findFirst()
                .or(() -> ids.stream().sorted().findFirst())
                .map(name -> RecordingId.adopting(name.kind().wireName(), name.id()));
    }

    /** Every name by which the recording may be known, the best first. */
    public List<OutsideId> names() {
        return Stream.concat(ids.stream(), alsoKnownAs.stream()).toList();
    }

    /** When it happened at the latest; absent when no time is known at all. */
    public @Nullable Instant latest() {
        return endedAt == null ? at : endedAt;
    }
}
