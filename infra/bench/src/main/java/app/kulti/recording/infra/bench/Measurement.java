package app.kulti.recording.infra.bench;

/**
 * What one side did in one round.
 *
 * @param value in the benchmark's unit
 * @param machine what the whole machine, load generator and servers included, spent on it
 */
public record Measurement(double value, MachineTime machine) {
    Measurement with(double other) {
        return new Measurement(other, machine);
    }
}
