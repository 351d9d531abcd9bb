package app.kulti.recording.mirror.mirroring.plan;

import java.util.concurrent.ThreadLocalRandom;

public class DrawsLots {

    public int lot() {
        return ThreadLocalRandom.current().nextInt(10);
    }
}
