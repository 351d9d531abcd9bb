package app.kulti.recording.infra.local.hms.beam;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Ids as MongoDB makes them: four bytes of time in seconds, five random ones, three of a counter; 24 hex digits. */
public final class ObjectIds {
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{24}");

    private final Clock clock;
    private final byte[] machine = new byte[5];
    private final AtomicInteger counter;

    public ObjectIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        random.nextBytes(machine);
        this.counter = new AtomicInteger(random.nextInt());
    }

    /** A fresh id; ids of one process grow with time, within a second with the counter. */
    public String next() {
        ByteBuffer id = ByteBuffer.allocate(13).putInt((int) clock.instant().getEpochSecond()).put(machine)
                .putInt(counter.incrementAndGet());
        // The counter has four bytes here and three in the id.
        byte[] bytes = id.array();
        System.arraycopy(bytes, 10, bytes, 9, 3);
        return HexFormat.of().formatHex(bytes, 0, 12);
    }

    /** Whether it looks like an id. */
    public static boolean isOne(String text) {
        return SHAPE.matcher(text).matches();
    }
}
