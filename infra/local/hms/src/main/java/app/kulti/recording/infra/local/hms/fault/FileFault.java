package app.kulti.recording.infra.local.hms.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/** What can go wrong when a file is read; strikes GET, never HEAD. */
public sealed interface FileFault extends Fault {

    /** The link counts as expired: 403 with object storage's XML. */
    @JsonTypeName("expired")
    record Expired(@Nullable String roomId, @Nullable Integer times) implements FileFault {
        public Expired {
            Fault.requireTimes(times);
        }
    }

    /** An answer of that status, 400 to 599, with object storage's XML. */
    @JsonTypeName("status")
    record Status(@Nullable String roomId, @Nullable Integer times, int status) implements FileFault {
        public Status {
            Fault.requireTimes(times);
            Fault.require("status", status, 400, 599);
        }
    }

    /** A web page with status 200 in place of the movie. */
    @JsonTypeName("html")
    record Html(@Nullable String roomId, @Nullable Integer times) implements FileFault {
        public Html {
            Fault.requireTimes(times);
        }
    }

    /**
     * The body ends too early.
     *
     * @param bytes         of the body that are sent
     * @param contentLength true: the full length is promised and the connection closed; false: no length is promised
     *                      and the body ends as if that were all
     */
    @JsonTypeName("cut")
    record Cut(@Nullable String roomId, @Nullable Integer times, long bytes,
            boolean contentLength) implements FileFault {
        public Cut {
            Fault.requireTimes(times);
            Fault.require("bytes", bytes, 0, Long.MAX_VALUE);
        }
    }

    /**
     * A slow line.
     *
     * @param bytesPerSecond of one download, or null for no limit
     * @param latencyMillis  before the first byte, or null for none
     */
    @JsonTypeName("slow")
    record Slow(@Nullable String roomId, @Nullable Integer times, @Nullable Long bytesPerSecond,
            @Nullable Integer latencyMillis) implements FileFault {
        public Slow {
            Fault.requireTimes(times);
            if (bytesPerSecond != null) {
                Fault.require("bytesPerSecond", bytesPerSecond, 1, Long.MAX_VALUE);
            }
            if (latencyMillis != null) {
                Fault.require("latencyMillis", latencyMillis, 0, 600_000);
            }
        }
    }

    /** Range is not understood: always 200 and the whole. */
    @JsonTypeName("no-range")
    record NoRange(@Nullable String roomId, @Nullable Integer times) implements FileFault {
        public NoRange {
            Fault.requireTimes(times);
        }
    }
}
