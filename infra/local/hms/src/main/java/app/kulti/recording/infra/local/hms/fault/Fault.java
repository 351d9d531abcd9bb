package app.kulti.recording.infra.local.hms.fault;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** What every switch has in common. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
public sealed interface Fault permits WebhookFault, ApiFault, FileFault {

    /** The room it is about, or null for all. */
    @Nullable
    String roomId();

    /** How often it strikes before it is used up, or null for as long as it is set. */
    @Nullable
    Integer times();

    /**
     * Refuses a number that makes no sense.
     *
     * @throws IllegalArgumentException with the field's name
     */
    static void require(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s must be from %d to %d, but is %d".formatted(field, least, most, value));
        }
    }

    /**
     * Refuses what could never strike.
     *
     * @throws IllegalArgumentException with the field's name
     */
    static void requireTimes(@Nullable Integer times) {
        if (times != null) {
            require("times", times, 1, 1_000_000);
        }
    }
}
