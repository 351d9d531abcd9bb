package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.events.MirrorWish;
import app.kulti.recording.events.RecordingSource;
import app.kulti.recording.events.RecordingState;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** States of one recording, as the processor would announce them. */
public record States(RecordingId id, SessionId session, long revision, String asset, @Nullable Long size,
        @Nullable URI url, boolean hasSource, boolean isDeleted) {

    /** Of a new recording with a source somewhere. */
    public static States any() {
        return new States(new RecordingId(UUID.randomUUID()), new SessionId(UUID.randomUUID()), 1, "asset-1", null,
                URI.create("https://files.example.com/film.mp4?signature=s"), true, false);
    }

    /** Its file is there. */
    public States at(URI newUrl) {
        return new States(id, session, revision, asset, size, newUrl, hasSource, isDeleted);
    }

    /** Nobody has asked 100ms for a URL. */
    public States withoutUrl() {
        return new States(id, session, revision, asset, size, null, hasSource, isDeleted);
    }

    /** 100ms says that it has so many bytes. */
    public States declaring(long bytes) {
        return new States(id, session, revision, asset, bytes, url, hasSource, isDeleted);
    }

    /** 100ms has made another file of it. */
    public States asset(String other) {
        return new States(id, session, revision, other, size, url, hasSource, isDeleted);
    }

    public States revision(long number) {
        return new States(id, session, number, asset, size, url, hasSource, isDeleted);
    }

    public States withoutSource() {
        return new States(id, session, revision, asset, size, url, false, isDeleted);
    }

    public States deleted(boolean really) {
        return new States(id, session, revision, asset, size, url, hasSource, really);
    }

    public RecordingState wanting(MirrorWish wish) {
        var source = new RecordingSource(asset, null, url == null ? null : new SignedUrl(url), null, size, 60L,
                "1280x720", "mp4");
        return new RecordingState(id, session, null, revision, RecordingStatus.COMPLETED, "hms-1", null, null,
                hasSource ? source : null, null, wish, null, null, false, isDeleted);
    }

    public RecordingState wantingCopy() {
        return wanting(MirrorWish.COPY);
    }

    public RecordingState wantingRemoval() {
        return deleted(true).wanting(MirrorWish.REMOVE);
    }

    public String objectKey() {
        return session + "/" + id + ".mp4";
    }
}
