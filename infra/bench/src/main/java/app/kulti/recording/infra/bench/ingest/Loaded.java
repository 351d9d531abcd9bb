package app.kulti.recording.infra.bench.ingest;

import app.kulti.recording.infra.bench.Side;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server under load, and all that was sent to it. */
final class Loaded implements Side {
    private final Wrk wrk;
    private final URI server;
    private final int connections;
    private final Duration round;
    private final List<Wrk.Run> runs = new ArrayList<>();

    Loaded(Wrk wrk, URI server, int connections, Duration round) {
        this.wrk = wrk;
        this.server = server;
        this.connections = connections;
        this.round = round;
    }

    /** Requests per second. */
    @Override
    public double measure() throws IOException {
        var run = wrk.post(server, connections, round);
        runs.add(run);
        return run.requestsPerSecond();
    }

    /** One for each round. */
    List<Wrk.Run> runs() {
        return List.copyOf(runs);
    }
}
