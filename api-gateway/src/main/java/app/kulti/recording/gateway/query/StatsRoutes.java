package app.kulti.recording.gateway.query;

import app.kulti.recording.gateway.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Sums for hosts. */
@RestController
@Tag(name = "Statistics")
public final class StatsRoutes {
    private final HostedRecordings recordings;
    private final PriceSettings prices;

    public StatsRoutes(HostedRecordings recordings, PriceSettings prices) {
        this.recordings = recordings;
        this.prices = prices;
    }

    /** Counts, minutes, bytes and estimated cost of all recordings that the caller hosts. */
    @Operation(operationId = "getStatistics")
    @GetMapping("/api/recordings/stats")
    Mono<Statistics.Stats> stats(@AuthenticationPrincipal Caller caller) {
        return recordings.sums(caller).map(sums -> Statistics.of(sums, prices));
    }
}
