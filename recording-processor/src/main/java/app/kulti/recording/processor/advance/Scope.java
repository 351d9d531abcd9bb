package app.kulti.recording.processor.advance;

import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.processor.recording.Sighting;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a batch may touch.
 *
 * @param events     whose earlier decisions count
 * @param recordings named by our own id
 * @param sightings  named by 100ms's
 * @param sessions   whose host, room and active recording are asked for
 */
public record Scope(Set<EventId> events, Set<RecordingId> recordings, Set<Sighting> sightings,
        Set<SessionId> sessions) {

    /** Nothing yet. */
    public static Scope empty() {
        return new Scope(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
    }

    Scope event(EventId event) {
        events.add(event);
        return this;
    }

    Scope recording(RecordingId recording) {
        recordings.add(recording);
        return this;
    }

    Scope session(SessionId session) {
        sessions.add(session);
        return this;
    }

    /** The recording that {@code sighting} speaks of, should it turn out to be known. */
    Scope sighting(Sighting sighting) {
        sightings.add(sighting);
        sighting.adoptedId().ifPresent(recordings::add);
        return this;
    }
}
