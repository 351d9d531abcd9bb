package app.kulti.recording.infra.local.hms.beam;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far a recording has come, with what is known from then on. The names are 100ms's statuses. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "status")
public sealed interface Stage {

    @JsonTypeName("starting")
    record Starting() implements Stage {}

    @JsonTypeName("running")
    record Running(Beam beam) implements Stage {}

    /**
     * It was told to stop.
     *
     * @param beam null when the stop came before the beam ran
     */
    @JsonTypeName("stopping")
    record Stopping(@Nullable Beam beam, Stop stop) implements Stage {}

    @JsonTypeName("post_processing")
    record PostProcessing(Beam beam, Stop stop) implements Stage {}

    @JsonTypeName("completed")
    record Completed(Beam beam, Stop stop, Asset asset) implements Stage {}

    @JsonTypeName("failed")
    record Failed(@Nullable Beam beam, Stop stop, Failure failure) implements Stage {}

    /** The browser that records; its id is minted when it runs, as 100ms's examples show. */
    record Beam(String id, Instant startedAt) {}

    /**
     * When and why it stopped.
     *
     * @param reason as {@code beam.stopped.success} words it
     */
    record Stop(Instant at, String reason) {}

    /**
     * Why there is no file.
     *
     * @param type e.g. {@code BEAM_STOPPED}
     */
    record Failure(String type, String message) {}

    /** As the API spells it. */
    default String status() {
        return switch (this) {
            case Starting _ -> "starting";
            case Running _ -> "running";
            case Stopping _ -> "stopping";
            case PostProcessing _ -> "post_processing";
            case Completed _ -> "completed";
            case Failed _ -> "failed";
        };
    }

    /** Whether a stop can still reach it. */
    default boolean active() {
        return this instanceof Starting || this instanceof Running;
    }

    /** Whether nothing more happens to it. */
    default boolean over() {
        return this instanceof Completed || this instanceof Failed;
    }

    /** The beam, once it ran. */
    default @Nullable Beam beamOrNull() {
        return switch (this) {
            case Starting _ -> null;
            case Running(Beam beam) -> beam;
            case Stopping(Beam beam, _) -> beam;
            case PostProcessing(Beam beam, _) -> beam;
            case Completed(Beam beam, _, _) -> beam;
            case Failed(Beam beam, _, _) -> beam;
        };
    }

    /** The stop, once there was one. */
    default @Nullable Stop stopOrNull() {
        return switch (this) {
            case Starting _,Running _ -> null;
            case Stopping(_, Stop stop) -> stop;
            case PostProcessing(_, Stop stop) -> stop;
            case Completed(_, Stop stop, _) -> stop;
            case Failed(_, Stop stop, _) -> stop;
        };
    }
}
