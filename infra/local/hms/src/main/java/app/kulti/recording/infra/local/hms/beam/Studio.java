package app.kulti.recording.infra.local.hms.beam;

import app.kulti.recording.infra.local.hms.beam.Announcements.Event;
import app.kulti.recording.infra.local.hms.beam.Recording.Origin;
import app.kulti.recording.infra.local.hms.beam.Stage.Beam;
import app.kulti.recording.infra.local.hms.beam.Stage.Stop;
import app.kulti.recording.infra.local.hms.movie.MovieFile;
import app.kulti.recording.infra.local.hms.movie.Movies;
import app.kulti.recording.infra.local.hms.movie.Script;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records: one beam per room at a time. Starting, running, stopping and processing take the time that
 * {@link TimingSettings} says, and each step is announced.
 */
public final class Studio implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Studio.class);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Ledger ledger;
    private final Movies movies;
    private final Announcements announcements;
    private final MeetingLinks meetingLinks;
    private final ObjectIds ids;
    private final TimingSettings timing;
    private final StudioSettings settings;
    private final Clock clock;
    private final Map<String, Plan> plansByRoom = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("beams").factory());
    private long lastEpoch;

    public Studio(Ledger ledger, Movies movies, Announcements announcements, MeetingLinks meetingLinks, ObjectIds ids,
            TimingSettings timing, StudioSettings settings, Clock clock) {
        this.ledger = ledger;
        this.movies = movies;
        this.announcements = announcements;
        this.meetingLinks = meetingLinks;
        this.ids = ids;
        this.timing = timing;
        this.settings = settings;
        this.clock = clock;
    }

    /** What became of a start. */
    public sealed interface StartResult {
        record Started(Recording recording) implements StartResult {}

        record AlreadyStarted() implements StartResult {}

        record NoSuchRoom() implements StartResult {}
    }

    /**
     * Makes a room, or finds the one of that name.
     *
     * @param name null for a generated one
     */
    public synchronized Room createRoom(@Nullable String name, String description, @Nullable WebhookTarget webhook) {
        String id = ids.next();
        String wanted = name == null || name.isBlank() ? "room-" + id : name;
        return ledger.roomNamed(wanted)
                .orElseGet(() -> keep(new Room(id, wanted, description, clock.instant(), webhook, null)));
    }

    /** Makes or replaces a room under an id of the caller's choice. */
    public synchronized Room defineRoom(@Nullable String id, String name, @Nullable Dialect dialect,
            @Nullable WebhookTarget webhook) {
        String chosen = id == null ? ids.next() : id;
        Instant since = ledger.room(chosen).map(Room::createdAt).orElse(clock.instant());
        return keep(new Room(chosen, name, "", since, webhook, dialect));
    }

    /** Changes the dialect of a room's webhooks; null for the simulator's own. */
    public synchronized Optional<Room> speak(String roomId, @Nullable Dialect dialect) {
        return ledger.room(roomId).map(room -> keep(room.speaking(dialect)));
    }

    private Room keep(Room room) {
        ledger.put(room);
        return room;
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
        makeSpace();
        after(timing.start(), () -> run(recording.id()));
        return new StartResult.Started(recording);
    }

    private boolean blocksStart(Recording recording) {
        return recording.stage().active()
                || (!timing.startWhileStopping() && recording.stage() instanceof Stage.Stopping);
    }

    private void makeSpace() {
        ledger.dropOldestBeyond(settings.maxRecordings()).flatMap(Recording::asset).ifPresent(asset -> {
            try {
                movies.forget(asset.movie());
            } catch (IOException e) {
                log.warn("cannot remove {}", asset.movie().name(), e);
            }
        });
    }

    private synchronized void run(String id) {
        Recording recording = ledger.recording(id).orElseThrow();
        if (recording.stage() instanceof Stage.Starting) {
            Instant now = clock.instant();
            announce(Event.STARTED, recording.at(new Stage.Running(new Beam(ids.next(), now)), now));
            after(timing.maximum(), () -> stop(id, "max duration reached"));
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
            after(timing.stop(), () -> leave(id));
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
        process(processing, timing.processing());
    }

    private void process(Recording recording, Duration atLeast) {
        Executor later = CompletableFuture.delayedExecutor(atLeast.toMillis(), TimeUnit.MILLISECONDS, timer);
        CompletableFuture<Void> waited = CompletableFuture.runAsync(() -> {}, later);
        var _ = film(recording).thenCombine(waited, (movie, _) -> movie)
                .whenCompleteAsync((movie, trouble) -> finish(recording.id(), movie, trouble), timer);
    }

    private CompletableFuture<MovieFile> film(Recording recording) {
        String title = ledger.room(recording.roomId()).map(Room::name).orElse(recording.roomId());
        Beam beam = recording.stage().beamOrNull();
        Instant began = beam == null ? recording.createdAt() : beam.startedAt();
        return movies.make(recording.id(),
                new Script(title, recording.id(), began, Math.max(1, recording.seconds()), recording.plan().bytes()));
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
            Instant now = clock.instant();
            Asset asset = new Asset(ids.next(), ids.next(), path(recording, beam), movie, recording.seconds(), now);
            announce(Event.SUCCEEDED, recording.at(new Stage.Completed(beam, stop, asset), now));
        }
    }

    private void fail(Recording recording, Beam beam, Stop stop, String type, String message) {
        Stage failed = new Stage.Failed(beam, stop, new Stage.Failure(type, message));
        announce(Event.FAILED, recording.at(failed, clock.instant()));
    }

    // Milliseconds, where the real path has seconds: two short recordings of a test share a second, or even a millisecond.
    private synchronized String path(Recording recording, Beam beam) {
        lastEpoch = Math.max(lastEpoch + 1, beam.startedAt().toEpochMilli());
        return "s3://%s/%s/beam/%s/%s/Rec-%s-%d.mp4".formatted(settings.bucket(), settings.customerId(),
                recording.roomId(), DAY.format(beam.startedAt()), recording.roomId(), lastEpoch);
    }

    private void announce(Event event, Recording recording) {
        ledger.put(recording);
        announcements.announce(event, recording);
    }

    /**
     * Puts a finished recording there as if it had been recorded some time ago, in a session of its own.
     *
     * @param announced whether its three webhooks are sent
     * @return the completed recording, once its movie is made; fails when that fails
     */
    public CompletableFuture<Recording> file(String roomId, Plan plan, boolean announced) {
        Instant stoppedAt = clock.instant();
        int seconds = Optional.ofNullable(plan.seconds()).orElse(1);
        Instant startedAt = stoppedAt.minusSeconds(seconds);
        Beam beam = new Beam(ids.next(), startedAt);
        Stop stop = new Stop(stoppedAt, "client request");
        Recording processing = new Recording(ids.next(), roomId, ids.next(), startedAt, UUID.randomUUID().toString(),
                meetingLinks.complete(Ask.PLAIN, roomId), plan, Origin.AUTO, startedAt, stoppedAt,
                new Stage.PostProcessing(beam, stop));
        return film(processing).thenApply(movie -> {
            Asset asset = new Asset(ids.next(), ids.next(), path(processing, beam), movie, seconds, clock.instant());
            Recording completed = processing.at(new Stage.Completed(beam, stop, asset), clock.instant());
            synchronized (this) {
                ledger.put(completed);
                makeSpace();
            }
            if (announced) {
                announcements.announce(Event.STARTED, completed);
                announcements.announce(Event.STOPPED, completed);
                announcements.announce(Event.SUCCEEDED, completed);
            }
            return completed;
        });
    }

    /** Takes up what an earlier process left unfinished; each step begins its time anew. */
    public synchronized void resume() {
        ledger.recordings().filter(recording -> !recording.stage().over()).forEach(recording -> {
            String id = recording.id();
            switch (recording.stage()) {
                case Stage.Starting _ -> after(timing.start(), () -> run(id));
                case Stage.Running _ -> after(timing.maximum(), () -> stop(id, "max duration reached"));
                case Stage.Stopping _ -> after(timing.stop(), () -> leave(id));
                case Stage.PostProcessing _ -> process(recording, timing.processing());
                case Stage.Completed _,Stage.Failed _ -> {
                    // over
                }
            }
        });
    }

    private void after(Duration pause, Runnable step) {
        var _ = timer.schedule(() -> {
            try {
                step.run();
            } catch (RuntimeException e) {
                // Otherwise only the future that nobody keeps would know.
                log.error("a recording is stuck", e);
            }
        }, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Leaves everything as it stands. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
