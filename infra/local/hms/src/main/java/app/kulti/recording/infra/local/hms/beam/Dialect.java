package app.kulti.recording.infra.local.hms.beam;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How webhooks are worded. */
public enum Dialect {
    /** As 100ms does: {@code beam.started.success} and its kin in an envelope of version 2.0. */
    @JsonProperty("beam")
    BEAM,
    /** As Kulti's product specification does: {@code recording.started} and its kin, without an envelope's id. */
    @JsonProperty("simple")
    SIMPLE
}
