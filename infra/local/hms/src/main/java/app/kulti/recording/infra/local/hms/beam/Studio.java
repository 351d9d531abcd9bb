package app.kulti.recording.infra.local.hms.beam;

import app.kulti.recording.infra.local.hms.beam.Announcements.Event;
import app.kulti.recording.infra.local.hms.beam.Recording.Origin;
import app.kulti.recording.infra.local.hms.beam.Stage.Beam;
import app.kulti.recording.infra.local.hms.beam.Stage.Stop;
import app.kulti.recording.infra.local.hms.movie.MovieFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records: one beam per room at a time. Starting, running, stopping and processing take the time that
 * {@link TimingSettings} says, and each step is announced.
 */
public final class Studio implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Studio.class);

    private final Ledger ledger;
    private final Assets assets;
    private final Announcements announcements;
    private final MeetingLinks meetingLinks;
    private final ObjectIds ids;
    private final TimingSettings timing;
    private final Clock clock;
    private final Map<String, Plan> plansByRoom = new ConcurrentHashMap<>();
    private final Steps steps = new Steps();

    public Studio(Ledger ledger, Assets assets, Announcements announcements, MeetingLinks meetingLinks, ObjectIds ids,
            TimingSettings timing, Clock clock) {
        this.ledger = ledger;
        this.assets = assets;
        this.announcements = announcements;
        this.meetingLinks = meetingLinks;
        this.ids = ids;
        this.timing = timing;
        this.clock = clock;
    }

    /** Says what the next recording that starts in this room shall be like. */
    public void planNext(String roomId, Plan plan) {
        plansByRoom.put(roomId, plan);
    }

    /** Starts a recording, unless one is on. */
    public synchronized StartResult start(String roomId, Ask ask, Origin origin) {
        if (ledger.room(roomId).isEmpty()) {
            return new StartResult.NoSuchRoom();
        }
        if (ledger.recordingsOf(roomId).anyMatch(this::blocksStart)) {
            return new StartResult.AlreadyStarted();
        }
        Instant now = clock.instant();
        Session session = ledger.openSession(roomId, now).orElseGet(() -> new Session(ids.next(), roomId, now, null));
        ledger.put(session.endingAt(null));
        Plan plan = Optional.ofNullable(plansByRoom.remove(roomId)).orElse(Plan.NONE);
        Recording recording = new Recording(ids.next(), roomId, session.id(), session.startedAt(),
                UUID.randomUUID().toString(), meetingLinks.complete(ask, roomId), plan, origin, now, now,
                new Stage.Starting());
        ledger.put(recording);
        assets.makeSpace();
        steps.after(timing.start(), () -> run(recording.id()));
        return new StartResult.Started(recording);
    }

    private boolean blocksStart(Recording recording) {
        return recording.stage().active()
                || (!timing.startWhileStopping() && recording.stage() instanceof Stage.Stopping);
    }

    private synchronized void run(String id) {
        Recording recording = ledger.recording(id).orElseThrow();
        if (recording.stage() instanceof Stage.Starting) {
            Instant now = clock.instant();
            announce(Event.STARTED, recording.at(new Stage.Running(new Beam(ids.next(), now)), now));
            steps.after(timing.maximum(), () -> stop(id, "max duration reached"));
        }
    }

    /**
     * Stops every active recording of a room.
     *
     * @return what was stopped, as it is now; empty when nothing was on
     */
    public synchronized List<Recording> stopRoom(String roomId, String reason) {
        return ledger.recordingsOf(roomId).map(Recording::id).toList().stream().map(id -> stop(id, reason))
                .flatMap(Optional::stream).toList();
    }

    /** Stops one recording; empty when it is unknown or not active. */
    public synchronized Optional<Recording> stop(String id, String reason) {
        return ledger.recording(id).filter(recording -> recording.stage().active()).map(recording -> {
            Instant now = clock.instant();
            Stage stopping = new Stage.Stopping(recording.stage().beamOrNull(), new Stop(now, reason));
            Recording stopped = recording.at(stopping, now);
            ledger.put(stopped);
            ledger.openSession(stopped.roomId(), now)
                    .ifPresent(session -> ledger.put(session.endingAt(now.plus(timing.sessionLinger()))));
            steps.after(timing.stop(), () -> leave(id));
            return stopped;
        });
    }

    /** Closes the room's session, so that the next start opens another; whatever is on stops as the real one does. */
    public synchronized void endSession(String roomId) {
        stopRoom(roomId, "room ended");
        Instant now = clock.instant();
        ledger.openSession(roomId, now).ifPresent(session -> ledger.put(session.endingAt(now)));
    }

    private synchronized void leave(String id) {
        Recording recording = ledger.recording(id).orElseThrow();
        if (!(recording.stage() instanceof Stage.Stopping(Beam beam, Stop stop))) {
            return;
        }
        Instant now = clock.instant();
        if (beam == null || Duration.between(beam.startedAt(), stop.at()).compareTo(timing.minimum()) < 0) {
            Stage.Failure tooEarly = new Stage.Failure("BEAM_STOPPED", "Beam was stopped before it could record.");
            announce(Event.FAILED, recording.at(new Stage.Failed(beam, stop, tooEarly), now));
            return;
        }
        Recording processing = recording.at(new Stage.PostProcessing(beam, stop), now);
        announce(Event.STOPPED, processing);
        process(processing);
    }

    private void process(Recording recording) {
        steps.after(timing.processing(), assets.film(recording),
                (movie, trouble) -> finish(recording.id(), movie, trouble));
    }

    private synchronized void finish(String id, @Nullable MovieFile movie, @Nullable Throwable trouble) {
        Recording recording = ledger.recording(id).orElseThrow();
        if (!(recording.stage() instanceof Stage.PostProcessing(Beam beam, Stop stop))) {
            return;
        }
        String planned = recording.plan().failure();
        if (movie == null) {
            log.error("no movie for recording {}", id, trouble);
            fail(recording, beam, stop, "INTERNAL_ERROR", "Failed to process the recording.");
        } else if (planned != null) {
            fail(recording, beam, stop, planned, "Failed to upload recordings. Check if upload config is correct.");
        } else {
            Stage completed = new Stage.Completed(beam, stop, assets.of(recording, beam, movie));
            announce(Event.SUCCEEDED, recording.at(completed, clock.instant()));
        }
    }

    private void fail(Recording recording, Beam beam, Stop stop, String type, String message) {
        Stage failed = new Stage.Failed(beam, stop, new Stage.Failure(type, message));
        announce(Event.FAILED, recording.at(failed, clock.instant()));
    }

    private void announce(Event event, Recording recording) {
        ledger.put(recording);
        announcements.announce(event, recording);
    }

    /** Takes up what an earlier process left unfinished; each step begins its time anew. */
    public synchronized void resume() {
        ledger.recordings().filter(recording -> !recording.stage().over()).forEach(recording -> {
            String id = recording.id();
            switch (recording.stage()) {
                case Stage.Starting _ -> steps.after(timing.start(), () -> run(id));
                case Stage.Running _ -> steps.after(timing.maximum(), () -> stop(id, "max duration reached"));
                case Stage.Stopping _ -> steps.after(timing.stop(), () -> leave(id));
                case Stage.PostProcessing _ -> process(recording);
                case Stage.Completed _,Stage.Failed _ -> {
                    // over
                }
            }
        });
    }

    /** Leaves everything as it stands. */
    @Override
    public void close() {
        steps.close();
    }
}
