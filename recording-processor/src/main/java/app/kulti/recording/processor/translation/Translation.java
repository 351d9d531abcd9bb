package app.kulti.recording.processor.translation;

import app.kulti.recording.processor.recording.Evidence;
import app.kulti.recording.processor.recording.Sighting;
import java.util.List;

/**
 * What a message of 100ms comes to.
 *
 * @param sighting which recording it speaks of
 * @param evidence what it says of it; never empty
 */
public record Translation(Sighting sighting, List<Evidence> evidence) {
    public Translation {
        evidence = List.copyOf(evidence);
    }
}
