package app.kulti.recording.processor.recording;

import app.kulti.recording.events.RecordingSource;
import app.kulti.recording.events.SignedUrl;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The file at 100ms.
 *
 * @param film   the file itself
 * @param assets path → asset id, for reports that know only one of the two
 * @param link   the newest way to read it, or another file that was once taken for it
 */
public record Source(@Nullable Said<Film> film, SortedMap<String, String> assets, @Nullable Said<Link> link) {
    static final Source NONE = new Source(null, new TreeMap<>(), null);

    Source found(Evidence.FileReady evidence) {
        var offered = evidence.link();
        return pair(evidence.film().path(), evidence.film().assetId())
                .with(Said.later(film, evidence.stamp(), evidence.film()))
                .with(offered == null ? null : new Evidence.LinkRenewed(evidence.stamp(), offered));
    }

    Source renew(Evidence.LinkRenewed evidence) {
        return pair(evidence.link().path(), evidence.link().assetId()).with(evidence);
    }

    private Source with(Said<Film> other) {
        return new Source(other, assets, link);
    }

    private Source with(Evidence.@Nullable LinkRenewed renewed) {
        return renewed == null
                ? this
                : new Source(film, assets, Said.later(link, renewed.stamp(), renewed.link()));
    }

    /** Should 100ms ever give two assets for one path, the higher id stands: any rule will do that does not ask who came first. */
    private Source pair(@Nullable String path, @Nullable String assetId) {
        if (path == null || assetId == null || assetId.equals(assets.get(path))) {
            return this;
        }
        var paired = new TreeMap<>(assets);
        paired.merge(path, assetId, (one, other) -> one.compareTo(other) >= 0 ? one : other);
        return new Source(film, paired, link);
    }

    private @Nullable String assetOf(Film said) {
        if (said.assetId() != null) {
            return said.assetId();
        }
        return said.path() == null ? null : assets.get(said.path());
    }

    /** Every name under which a report may speak of the present file; none while there is no file. */
    Set<String> identities() {
        var said = Said.valueOf(film);
        var names = new HashSet<String>();
        if (said != null) {
            for (var name : new @Nullable String[]{assetOf(said), said.path(), said.address()}) {
                if (name != null) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private @Nullable Link openLink() {
        var offered = Said.valueOf(link);
        return offered != null && offered.opensOneOf(identities()) ? offered : null;
    }

    /** As events carry it. */
    @Nullable
    RecordingSource current() {
        var said = Said.valueOf(film);
        if (said == null) {
            return null;
        }
        var open = openLink();
        return new RecordingSource(assetOf(said), said.path(), open == null ? null : open.url(),
                open == null ? null : open.expiresAt(), said.size(), said.durationSeconds(), said.resolution(),
                said.format());
    }

    /** The file's URL without its query; absent while only its path is known. */
    @Nullable
    String address() {
        var said = Said.valueOf(film);
        if (said == null) {
            return null;
        }
        var open = openLink();
        return open == null ? said.address() : open.address();
    }

    Source withUrl(@Nullable SignedUrl url) {
        return link == null
                ? this
                : new Source(film, assets, new Said<>(link.stamp(), link.value().withUrl(url)));
    }
}
