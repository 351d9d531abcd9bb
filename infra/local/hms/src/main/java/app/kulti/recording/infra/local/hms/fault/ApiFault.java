package app.kulti.recording.infra.local.hms.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/** What can go wrong with calls. {@code roomId} matches calls that name a room in path or query. */
public sealed interface ApiFault extends Fault {

    /** The call, or null for all. */
    @Nullable
    Operation operation();

    /**
     * An answer without the deed.
     *
     * @param status     400 to 599, e.g. 429 or 503
     * @param retryAfter seconds in the header {@code Retry-After}, or null for no such header
     */
    @JsonTypeName("status")
    record Status(@Nullable Operation operation, @Nullable String roomId, @Nullable Integer times, int status,
            @Nullable Integer retryAfter) implements ApiFault {
        public Status {
            Fault.requireTimes(times);
            Fault.require("status", status, 400, 599);
            if (retryAfter != null) {
                Fault.require("retryAfter", retryAfter, 0, 86_400);
            }
        }
    }

    /** The deed is done and answered, so much later. */
    @JsonTypeName("slow")
    record Slow(@Nullable Operation operation, @Nullable String roomId, @Nullable Integer times,
            int millis) implements ApiFault {
        public Slow {
            Fault.requireTimes(times);
            Fault.require("millis", millis, 1, 600_000);
        }
    }

    /**
     * The deed is done at once, but the answer does not come.
     *
     * @param millis how long the caller is left waiting until a mere 504 comes; null for 180,000
     */
    @JsonTypeName("timeout-after-acting")
    record TimeoutAfterActing(@Nullable Operation operation, @Nullable String roomId, @Nullable Integer times,
            @Nullable Integer millis) implements ApiFault {
        public TimeoutAfterActing {
            Fault.requireTimes(times);
            if (millis != null) {
                Fault.require("millis", millis, 0, 600_000);
            }
        }

        /** How long to hold the connection, in milliseconds. */
        public int holdMillis() {
            return millis == null ? 180_000 : millis;
        }
    }
}
