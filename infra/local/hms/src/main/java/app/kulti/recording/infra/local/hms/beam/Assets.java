package app.kulti.recording.infra.local.hms.beam;

import app.kulti.recording.infra.local.hms.beam.Stage.Beam;
import app.kulti.recording.infra.local.hms.movie.MovieFile;
import app.kulti.recording.infra.local.hms.movie.Movies;
import app.kulti.recording.infra.local.hms.movie.Script;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of recordings: makes them, says where they seem to lie, and forgets the oldest when there are too many. */
public final class Assets {
    private static final Logger log = LoggerFactory.getLogger(Assets.class);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Ledger ledger;
    private final Movies movies;
    private final ObjectIds ids;
    private final AssetSettings settings;
    private final Clock clock;
    private long lastEpoch;

    public Assets(Ledger ledger, Movies movies, ObjectIds ids, AssetSettings settings, Clock clock) {
        this.ledger = ledger;
        this.movies = movies;
        this.ids = ids;
        this.settings = settings;
        this.clock = clock;
    }

    CompletableFuture<MovieFile> film(Recording recording) {
        String title = ledger.room(recording.roomId()).map(Room::name).orElse(recording.roomId());
        Beam beam = recording.stage().beamOrNull();
        Instant began = beam == null ? recording.createdAt() : beam.startedAt();
        return movies.make(recording.id(),
                new Script(title, recording.id(), began, Math.max(1, recording.seconds()), recording.plan().bytes()));
    }

    /** What a film is to those who ask for it. */
    Asset of(Recording recording, Beam beam, MovieFile movie) {
        return new Asset(ids.next(), ids.next(), path(recording, beam), movie, recording.seconds(), clock.instant());
    }

    // Milliseconds, where the real path has seconds: two short recordings of a test share a second, or even a millisecond.
    private synchronized String path(Recording recording, Beam beam) {
        lastEpoch = Math.max(lastEpoch + 1, beam.startedAt().toEpochMilli());
        return "s3://%s/%s/beam/%s/%s/Rec-%s-%d.mp4".formatted(settings.bucket(), settings.customerId(),
                recording.roomId(), DAY.format(beam.startedAt()), recording.roomId(), lastEpoch);
    }

    synchronized void makeSpace() {
        ledger.dropOldestBeyond(settings.maxRecordings()).flatMap(Recording::asset).ifPresent(asset -> {
            try {
                movies.forget(asset.movie());
            } catch (IOException e) {
                log.warn("cannot remove {}", asset.movie().name(), e);
            }
        });
    }
}
