package app.kulti.recording.processor.recording;

import java.time.Instant;

public class AsksTheClock {

    public Instant decidedAt() {
        return Instant.now();
    }
}
