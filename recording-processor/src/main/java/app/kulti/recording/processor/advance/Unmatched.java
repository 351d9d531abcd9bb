package app.kulti.recording.processor.advance;

import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.processor.recording.OutsideId;
import app.kulti.recording.processor.recording.Sighting;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event that found no recording, and what 100ms can be asked about it.
 *
 * @param adopted the id that it would be adopted under
 * @param names   what it calls its recording
 * @param room    looked at between {@code since} and {@code until} where none of the names is one that the API takes
 */
public record Unmatched(EventId event, RecordingId adopted, List<OutsideId> names, @Nullable RoomId room,
        Instant since, Instant until) {

    public Unmatched {
        names = List.copyOf(names);
    }

    /** None where there is nothing to ask by. */
    static Optional<Unmatched> of(EventId event, Sighting sighting, Instant now) {
        var until = Objects.requireNonNullElse(sighting.latest(), now);
        var since = Objects.requireNonNullElseGet(sighting.begunAt(), () -> until.minus(Hms.LONGEST_ROOM));
        return sighting.adoptedId()
                .map(adopted -> new Unmatched(event, adopted, sighting.ids(), sighting.room(), since, until))
                .filter(unmatched -> unmatched.job() != null || unmatched.room() != null);
    }

    /** 100ms's recording id. */
    public @Nullable String job() {
        return names.stream().filter(name -> name.kind() == OutsideId.Kind.JOB).map(OutsideId::id).findFirst()
                .orElse(null);
    }
}
