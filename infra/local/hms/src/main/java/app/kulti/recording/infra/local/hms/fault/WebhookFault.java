package app.kulti.recording.infra.local.hms.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/** What can go wrong with webhooks. {@code type} is the event's type in the dialect sent, or null for all. */
public sealed interface WebhookFault extends Fault {

    /** The event's type, or null for all. */
    @Nullable
    String type();

    /** It is never sent. */
    @JsonTypeName("drop")
    record Drop(@Nullable String type, @Nullable String roomId, @Nullable Integer times) implements WebhookFault {
        public Drop {
            Fault.requireTimes(times);
        }
    }

    /** It is sent so much later. */
    @JsonTypeName("delay")
    record Delay(@Nullable String type, @Nullable String roomId, @Nullable Integer times,
            int millis) implements WebhookFault {
        public Delay {
            Fault.requireTimes(times);
            Fault.require("millis", millis, 1, 3_600_000);
        }
    }

    /** It is sent so often more, the same bytes each time. */
    @JsonTypeName("repeat")
    record Repeat(@Nullable String type, @Nullable String roomId, @Nullable Integer times,
            int copies) implements WebhookFault {
        public Repeat {
            Fault.requireTimes(times);
            Fault.require("copies", copies, 1, 100);
        }
    }

    /**
     * It is held back until another event of the same recording was sent.
     *
     * @param after  that event's type
     * @param millis longest wait; null for 30,000
     */
    @JsonTypeName("reorder")
    record Reorder(@Nullable String type, @Nullable String roomId, @Nullable Integer times, String after,
            @Nullable Integer millis) implements WebhookFault {
        public Reorder {
            Fault.requireTimes(times);
            if (after == null || after.isBlank()) {
                throw new IllegalArgumentException("after must name an event type");
            }
            if (millis != null) {
                Fault.require("millis", millis, 1, 3_600_000);
            }
        }

        /** The longest wait in milliseconds. */
        public int longestMillis() {
            return millis == null ? 30_000 : millis;
        }
    }
}
