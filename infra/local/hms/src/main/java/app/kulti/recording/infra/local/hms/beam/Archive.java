package app.kulti.recording.infra.local.hms.beam;

import app.kulti.recording.infra.local.hms.beam.Announcements.Event;
import app.kulti.recording.infra.local.hms.beam.Recording.Origin;
import app.kulti.recording.infra.local.hms.beam.Stage.Beam;
import app.kulti.recording.infra.local.hms.beam.Stage.Stop;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Recordings that nobody made here, as if they had been made some time ago. */
public final class Archive {
    private final Ledger ledger;
    private final Assets assets;
    private final Announcements announcements;
    private final MeetingLinks meetingLinks;
    private final ObjectIds ids;
    private final Clock clock;

    public Archive(Ledger ledger, Assets assets, Announcements announcements, MeetingLinks meetingLinks, ObjectIds ids,
            Clock clock) {
        this.ledger = ledger;
        this.assets = assets;
        this.announcements = announcements;
        this.meetingLinks = meetingLinks;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Puts a finished recording there as if it had been recorded some time ago, in a session of its own.
     *
     * @param announced whether its three webhooks are sent
     * @return the completed recording, once its movie is made; fails when that fails
     */
    public CompletableFuture<Recording> file(String roomId, Plan plan, boolean announced) {
        Instant stoppedAt = clock.instant();
        Instant startedAt = stoppedAt.minusSeconds(Optional.ofNullable(plan.seconds()).orElse(1));
        Beam beam = new Beam(ids.next(), startedAt);
        Stop stop = new Stop(stoppedAt, "client request");
        Recording processing = new Recording(ids.next(), roomId, ids.next(), startedAt, UUID.randomUUID().toString(),
                meetingLinks.complete(Ask.PLAIN, roomId), plan, Origin.AUTO, startedAt, stoppedAt,
                new Stage.PostProcessing(beam, stop));
        return assets.film(processing).thenApply(movie -> {
            Asset asset = assets.of(processing, beam, movie);
            Recording completed = processing.at(new Stage.Completed(beam, stop, asset), clock.instant());
            ledger.put(completed);
            assets.makeSpace();
            if (announced) {
                announcements.announce(Event.STARTED, completed);
                announcements.announce(Event.STOPPED, completed);
                announcements.announce(Event.SUCCEEDED, completed);
            }
            return completed;
        });
    }
}
