package app.kulti.recording.processor.recording;

import app.kulti.recording.events.SignedUrl;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one recording. It is stored as it stands, so it grows by optional components only.
 *
 * @param kept   whether it is exempt from retention
 * @param expiry when it will be deleted, as its host was told
 */
public record Facts(Names names, Course course, Source source, Copies copies, @Nullable Said<Boolean> kept,
        @Nullable Said<Instant> expiry) {
    /** Nothing is known. */
    public static final Facts NONE = new Facts(Names.NONE, Course.NOT_BEGUN, Source.NONE, Copies.NONE, null, null);

    /** The one secret among the facts, which is stored apart from them. */
    public @Nullable SignedUrl url() {
        var link = Said.valueOf(source.link());
        return link == null ? null : link.url();
    }

    /** The same with another URL, or with none. */
    public Facts withUrl(@Nullable SignedUrl url) {
        return with(source.withUrl(url));
    }

    Facts with(Names other) {
        return new Facts(other, course, source, copies, kept, expiry);
    }

    Facts with(Course other) {
        return new Facts(names, other, source, copies, kept, expiry);
    }

    Facts with(Source other) {
        return new Facts(names, course, other, copies, kept, expiry);
    }

    Facts with(Copies other) {
        return new Facts(names, course, source, other, kept, expiry);
    }

    Facts withKept(Said<Boolean> other) {
        return new Facts(names, course, source, copies, other, expiry);
    }

    Facts withExpiry(Said<Instant> other) {
        return new Facts(names, course, source, copies, kept, other);
    }
}
