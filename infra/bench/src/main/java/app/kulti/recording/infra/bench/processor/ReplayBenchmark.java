package app.kulti.recording.infra.bench.processor;

import app.kulti.recording.infra.bench.Bench;
import app.kulti.recording.infra.bench.Benchmark;
import app.kulti.recording.infra.bench.Goal;
import java.time.Duration;
import java.time.Instant;

/**
 * How fast a full topic is read again by a database that has it all: nothing may change, which is proven by a hash of each
 * table. A day of webhooks comes once a round, a million of them in five.
 */
public final class ReplayBenchmark implements Benchmark {
    private static final int WEBHOOKS = 200_000;
    private static final int PLAIN_WEBHOOKS = 4_000;
    private static final String NAME = "%016d".formatted(1);

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public void run(Bench bench) throws Exception {
        var begun = Instant.now().minus(Duration.ofDays(1));
        var full = Backlog.of(NAME, bench.scaled(WEBHOOKS), begun);
        var slice = Backlog.of(NAME, bench.scaled(PLAIN_WEBHOOKS), begun);
        try (var readers = new WebhookReaders(bench.folder())) {
            bench.say("  brings the database up to date at %.0f/s".formatted(readers.processor().read(full)));
            readers.plain().read(slice);
            // Nobody has set a bound; that a replay is not slower than the plain listener's is the least to ask for.
            bench.result(bench.inTurn(() -> readers.processor().replay(full), () -> readers.plain().replay(slice))
                    .figure("replay", Goal.atLeast(1)));
            bench.say("  %d webhooks were replayed, and left every table as it was"
                    .formatted((long) full.size() * bench.rounds()));
        }
    }
}
