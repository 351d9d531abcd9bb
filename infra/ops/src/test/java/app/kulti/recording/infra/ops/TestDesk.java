package app.kulti.recording.infra.ops;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;

/** A desk whose papers can be read afterwards. */
public final class TestDesk {
    public final StringWriter out = new StringWriter();
    public final StringWriter err = new StringWriter();
    public final Interruption stop = new Interruption();
    private final Desk desk;

    private TestDesk(Map<String, String> environment, InstantSource clock, boolean atTerminal) {
        desk = new Desk(new OpsSettings(environment), new PrintWriter(out, true), new PrintWriter(err, true),
                atTerminal, clock, UUID::randomUUID, stop, Duration.ofSeconds(2));
    }

    public static TestDesk of(Map<String, String> environment) {
        return new TestDesk(environment, InstantSource.system(), false);
    }

    static TestDesk of(Map<String, String> environment, InstantSource clock) {
        return new TestDesk(environment, clock, false);
    }

    static TestDesk at(Instant now) {
        return new TestDesk(Map.of(), InstantSource.fixed(now), false);
    }

    /** The same with somebody who looks at {@code err} as it comes. */
    TestDesk atTerminal() {
        return new TestDesk(desk.settings().environment(), desk.clock(), true);
    }

    public Desk desk() {
        return desk;
    }

    public int run(String... arguments) {
        return OpsCommand.run(desk, arguments);
    }

    @Override
    public String toString() {
        return out + "" + err;
    }
}
