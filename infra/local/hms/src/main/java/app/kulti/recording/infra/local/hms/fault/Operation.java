package app.kulti.recording.infra.local.hms.fault;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The calls of the API, as faults and counts name them. */
public enum Operation {
    @JsonProperty("start")
    START, @JsonProperty("stop")
    STOP, @JsonProperty("stop-recording")
    STOP_RECORDING, @JsonProperty("get")
    GET, @JsonProperty("list")
    LIST, @JsonProperty("get-asset")
    GET_ASSET, @JsonProperty("list-assets")
    LIST_ASSETS, @JsonProperty("presign")
    PRESIGN, @JsonProperty("create-room")
    CREATE_ROOM, @JsonProperty("get-room")
    GET_ROOM, @JsonProperty("list-webhooks")
    LIST_WEBHOOKS, @JsonProperty("replay-webhooks")
    REPLAY_WEBHOOKS, @JsonProperty("get-replay")
    GET_REPLAY
}
