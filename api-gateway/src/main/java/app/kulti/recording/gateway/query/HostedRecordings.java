package app.kulti.recording.gateway.query;

import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.gateway.access.Caller;
import java.util.List;
import reactor.core.publisher.Mono;

/** The recordings of the sessions that the caller hosts, added up. */
public interface HostedRecordings {
    /** One sum for each status that there is; empty for whoever hosts nothing, as anonymous sign-ins do. */
    Mono<List<Sum>> sums(Caller caller);

    /**
     * All of one status.
     *
     * @param seconds            their lengths
     * @param participantSeconds each one's length once for everybody in its session, host included
     * @param bytes              their sizes
     * @param copiedBytes        of these, what lies in our storage
     */
    record Sum(RecordingStatus status, long count, long seconds, long participantSeconds, long bytes,
            long copiedBytes) {}
}
