package app.kulti.recording.processor.recording;

import app.kulti.recording.events.SignedUrl;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one recording. It is stored as it stands, so it grows by optional components only.
 *
 * @param kept whether it is exempt from retention
 */
public record Facts(Names names, Course course, Source source, Copies copies, @Nullable Said<Boolean> kept) {
    /** Nothing is known. */
    public static final Facts NONE = new Facts(Names.NONE, Course.NOT_BEGUN, Source.NONE, Copies.NONE, null);

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
        return new Facts(other, course, source, copies, kept);
    }

    Facts with(Course other) {
        return new Facts(names, other, source, copies, kept);
    }

    Facts with(Source other) {
        return new Facts(names, course, other, copies, kept);
    }

    Facts with(Copies other) {
        return new Facts(names, course, source, other, kept);
    }

    Facts with(Said<Boolean> other) {
        return new Facts(names, course, source, copies, other);
    }
}
