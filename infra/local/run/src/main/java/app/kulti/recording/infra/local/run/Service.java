package app.kulti.recording.infra.local.run;

import app.kulti.recording.infra.local.run.Ports.Listener;

/** The four services. */
public enum Service {
    /** The frontend's HTTP. */
    GATEWAY("api-gateway", Listener.GATEWAY, Listener.GATEWAY_MANAGEMENT, "-Xmx128m"),
    /** 100ms's webhooks. */
    INGEST("webhook-ingest", Listener.INGEST, Listener.INGEST_MANAGEMENT, "-Xmx96m"),
    /** Every recording's status. */
    PROCESSOR("recording-processor", Listener.PROCESSOR, Listener.PROCESSOR_MANAGEMENT, "-Xmx128m"),
    /** Films into the bucket: 64 MB of them on their way ({@code KULTI_MIRROR_MEMORY}), and what else it needs. */
    MIRROR("storage-mirror", Listener.MIRROR, Listener.MIRROR_MANAGEMENT, "-Xmx192m");

    private final String module;
    private final Listener http;
    private final Listener management;
    private final String heap;

    Service(String module, Listener http, Listener management, String heap) {
        this.module = module;
        this.http = http;
        this.management = management;
        this.heap = heap;
    }

    /** Its folder, its jar and its name to people. */
    public String module() {
        return module;
    }

    Listener http() {
        return http;
    }

    Listener management() {
        return management;
    }

    String heap() {
        return heap;
    }
}
