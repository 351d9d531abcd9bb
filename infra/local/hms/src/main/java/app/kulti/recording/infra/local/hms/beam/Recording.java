package app.kulti.recording.infra.local.hms.beam;

import app.kulti.recording.infra.local.hms.beam.Stage.Beam;
import app.kulti.recording.infra.local.hms.beam.Stage.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A recording.
 *
 * @param id      what webhooks call {@code job_id}
 * @param peerId  of the browser that joins the room to record it
 * @param started how it came to be
 */
public record Recording(String id, String roomId, String sessionId, Instant sessionStartedAt, String peerId, Ask ask,
        Plan plan, Origin started, Instant createdAt, Instant updatedAt, Stage stage) {

    /** Who started it. */
    public enum Origin {
        /** A call to the API. */
        API,
        /** Nobody: the template's auto-start. */
        AUTO
    }

    Recording at(Stage next, Instant now) {
        return new Recording(id, roomId, sessionId, sessionStartedAt, peerId, ask, plan, started, createdAt, now, next);
    }

    /** The meeting URL; every recording has one by the time it is created. */
    public String meetingUrl() {
        String url = ask.meetingUrl();
        return url == null ? "" : url;
    }

    /** The file, once there is one. */
    public Optional<Asset> asset() {
        return stage instanceof Stage.Completed completed ? Optional.of(completed.asset()) : Optional.empty();
    }

    /** Whole seconds between start and stop, at least 1 once it stopped and 0 before; the plan's, if it has any. */
    public int seconds() {
        Beam beam = stage.beamOrNull();
        Stop stop = stage.stopOrNull();
        if (beam == null || stop == null) {
            return 0;
        }
        Integer planned = plan.seconds();
        return planned != null ? planned : seconds(beam, stop);
    }

    private static int seconds(Beam beam, Stop stop) {
        long millis = Duration.between(beam.startedAt(), stop.at()).toMillis();
        return (int) Math.max(1, Math.round(millis / 1000.0));
    }
}
