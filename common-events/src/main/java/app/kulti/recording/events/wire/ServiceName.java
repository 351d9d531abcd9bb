package app.kulti.recording.events.wire;

import java.net.URI;

/** Who writes and reads topics. */
public enum ServiceName {
    GATEWAY("gateway"), INGEST("ingest"), PROCESSOR("processor"), MIRROR("mirror"), OPS("ops");

    private final String wireName;
    private final URI source;

    ServiceName(String wireName) {
        this.wireName = wireName;
        this.source = URI.create("/kulti/recording/" + wireName);
    }

    /** The name in topics, consumer groups and {@code ce_source}. */
    public String wireName() {
        return wireName;
    }

    /** What stands in {@code ce_source}. */
    public URI source() {
        return source;
    }
}
