package app.kulti.recording.processor.recording;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import app.kulti.recording.events.MirrorWish;
import app.kulti.recording.events.RecordingCopy;
import app.kulti.recording.events.RecordingSource;
import app.kulti.recording.events.RecordingState;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A recording, and what follows from what is known of it.
 *
 * @param room     where it was made; absent only for one from before this system whose session has none
 * @param revision grows by one whenever its state changes
 */
public record Recording(RecordingId id, SessionId session, @Nullable RoomId room, long revision, Facts facts) {

    /** One of which nothing is known yet. */
    public static Recording unknown(RecordingId id, SessionId session, @Nullable RoomId room) {
        return new Recording(id, session, room, 0, Facts.NONE);
    }

    /**
     * What it is once {@code evidence} is known too. Its revision grows only when its state changes: evidence may be worth
     * keeping without making a difference yet.
     */
    public Recording with(Iterable<? extends Evidence> evidence) {
        var joined = facts;
        for (var one : evidence) {
            joined = Join.apply(joined, one);
        }
        var next = new Recording(id, session, room, revision, joined);
        return revision > 0 && next.state().equals(state())
                ? next
                : new Recording(id, session, room, revision + 1, joined);
    }

    /** Its status; that it records is the least that can be said of one. */
    public RecordingStatus status() {
        return Objects.requireNonNullElse(facts.course().status(), RecordingStatus.RECORDING);
    }

    /** As events carry it. */
    public RecordingState state() {
        return new RecordingState(id, session, room, revision, status(), facts.names().best(), startedAt(), endedAt(),
                source(), copy(), wish(), Said.valueOf(facts.course().failure()), stopReason(), kept(), false);
    }

    /** The file at 100ms. */
    public @Nullable RecordingSource source() {
        return facts.source().current();
    }

    /** When it began by 100ms's clock: what its film says, else its start, else its creation. */
    public @Nullable Instant startedAt() {
        var filmed = fromFilm(Film::startedAt);
        if (filmed != null) {
            return filmed;
        }
        var started = Said.valueOf(facts.course().started());
        return started != null ? started : Said.valueOf(facts.course().accepted());
    }

    /** When it ended by 100ms's clock. */
    public @Nullable Instant endedAt() {
        var filmed = fromFilm(Film::stoppedAt);
        var ending = Said.valueOf(facts.course().stopped());
        return filmed != null || ending == null ? filmed : ending.at();
    }

    private @Nullable Instant fromFilm(Function<Film, @Nullable Instant> field) {
        var film = Said.valueOf(facts.source().film());
        return film == null ? null : field.apply(film);
    }

    /** Why it ended, in 100ms's words. */
    public @Nullable String stopReason() {
        var ending = Said.valueOf(facts.course().stopped());
        return ending == null ? null : ending.reason();
    }

    /** Whether somebody wants it stopped, and it still runs. */
    public boolean isStopDue() {
        return facts.course().stopWanted() != null && status() == RecordingStatus.RECORDING;
    }

    /** The command that wants it stopped. */
    public @Nullable CommandId stopCommand() {
        var wish = facts.course().stopWanted();
        return wish == null ? null : wish.value().commandId();
    }

    /** Since when somebody wants it stopped. */
    public @Nullable Instant stopWantedAt() {
        var wish = facts.course().stopWanted();
        return wish == null ? null : wish.stamp().at();
    }

    /** Whether it is exempt from retention. */
    public boolean kept() {
        return Boolean.TRUE.equals(Said.valueOf(facts.kept()));
    }

    /**
     * When it will be deleted, as its host was told; absent when nobody was told, or when that was before it was last kept
     * or given free.
     */
    public @Nullable Instant expiresAt() {
        var told = facts.expiry();
        var keeping = facts.kept();
        return told == null || kept() || (keeping != null && keeping.stamp().compareTo(told.stamp()) > 0)
                ? null
                : told.value();
    }

    /** What lies in the bucket. */
    public @Nullable RecordingCopy copy() {
        var stored = facts.copies().inBucket();
        if (stored == null) {
            return null;
        }
        var object = stored.getValue().said().value();
        return new RecordingCopy(object.objectKey(), stored.getKey(), object.size(),
                Said.valueOf(stored.getValue().crc32c()), object.verifiedAt());
    }

    /** Why its present file cannot be kept. */
    public @Nullable RefusedBecause refusal() {
        var film = Said.valueOf(facts.source().film());
        return facts.copies().refusal(facts.source().identities(), film == null ? null : film.size());
    }

    /** How its copy is doing. */
    public MirrorState mirror() {
        var identities = facts.source().identities();
        if (identities.isEmpty()) {
            return MirrorState.NONE;
        }
        if (facts.copies().isOf(identities)) {
            return MirrorState.VERIFIED;
        }
        if (refusal() != null) {
            return MirrorState.REFUSED;
        }
        if (copiedBytes() != null) {
            return MirrorState.COPYING;
        }
        return MirrorState.WANTED;
    }

    /** How far its copy is. */
    public @Nullable Long copiedBytes() {
        return facts.copies().bytes(facts.source().identities());
    }

    /** A copy is wanted of a file that can be read, unless it was made or has proved impossible. */
    private MirrorWish wish() {
        var source = source();
        return source != null && source.url() != null && switch (mirror()) {
            case WANTED, COPYING -> true;
            case NONE, VERIFIED, REFUSED -> false;
        } ? MirrorWish.COPY : MirrorWish.NOTHING;
    }

    /** Whether its file is there but nobody knows an address by which it could be copied. */
    public boolean lacksLink() {
        var source = source();
        return source != null && source.url() == null && switch (mirror()) {
            case WANTED, COPYING -> true;
            case NONE, VERIFIED, REFUSED -> false;
        };
    }

    /** Whether the file's address still works then, as far as is known. */
    public boolean hasLinkAt(Instant time) {
        var source = source();
        var expiresAt = source == null ? null : source.urlExpiresAt();
        return source != null && source.url() != null && (expiresAt == null || expiresAt.isAfter(time));
    }

    /** What a browser could be sent to: the object once there is one, else the file at 100ms, without what lets one in. */
    public @Nullable String address() {
        var copy = copy();
        return copy == null ? sourceAddress() : copy.objectKey();
    }

    /** The file's URL at 100ms without its query. */
    public @Nullable String sourceAddress() {
        return facts.source().address();
    }
}
