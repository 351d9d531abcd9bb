package app.kulti.recording.processor.recording;

import java.util.UUID;
import java.util.function.Supplier;

/** By a method reference, which is a call in disguise. */
public class MakesIds {

    public Supplier<UUID> ids() {
        return UUID::randomUUID;
    }
}
