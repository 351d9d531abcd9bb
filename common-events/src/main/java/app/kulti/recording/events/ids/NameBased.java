package app.kulti.recording.events.ids;

import com.fasterxml.uuid.Generators;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids that follow from what they name: UUID version 5 (RFC 9562, section 5.5) in this project's namespace. */
final class NameBased {
    /** Fixed for good: every derived id on every topic and in every table hangs on it. */
    private static final UUID NAMESPACE = UUID.fromString("8f0c2d4e-6a1b-5c3d-9e7f-4b2a1c0d9e8f");

    private NameBased() {}

    static UUID uuid(byte[] name) {
        return Generators.nameBasedGenerator(NAMESPACE).generate(name);
    }

    static UUID uuid(String... parts) {
        // Unit separator: no part may run into the next one.
        return uuid(String.join("\u001f", parts).getBytes(StandardCharsets.UTF_8));
    }
}
