package app.kulti.recording.infra.local.hms.beam;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long each step of a recording takes. At the real 100ms the first three take seconds to minutes.
 *
 * @param start              from the accepted start until it runs
 * @param stop               from the accepted stop until the beam has left the room
 * @param processing         from there until the file is there, at least; encoding may take longer
 * @param minimum            a beam that ran shorter fails with {@code BEAM_STOPPED}
 * @param maximum            after this a beam stops by itself
 * @param sessionLinger      how long a room's session stays open after its last beam
 * @param startWhileStopping whether a start is taken while the room's former beam is still leaving; what the real
 *                           100ms does is not known
 */
@ConfigurationProperties("kulti.simulator.timing")
public record TimingSettings(@DefaultValue("500ms") Duration start, @DefaultValue("300ms") Duration stop,
        @DefaultValue("1s") Duration processing, @DefaultValue("500ms") Duration minimum,
        @DefaultValue("4h") Duration maximum, @DefaultValue("60s") Duration sessionLinger,
        @DefaultValue("true") boolean startWhileStopping) {

    public TimingSettings {
        require("start", start);
        require("stop", stop);
        require("processing", processing);
        require("minimum", minimum);
        require("maximum", maximum);
        require("session-linger", sessionLinger);
    }

    private static void require(String name, Duration value) {
        if (value.isNegative() || value.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException(
                    "kulti.simulator.timing.%s must be from 0 to 24 hours, but is %s".formatted(name, value));
        }
    }
}
