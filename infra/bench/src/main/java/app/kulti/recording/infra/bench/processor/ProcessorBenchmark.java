package app.kulti.recording.infra.bench.processor;

import app.kulti.recording.infra.bench.Bench;
import app.kulti.recording.infra.bench.Benchmark;
import app.kulti.recording.infra.bench.Goal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How fast webhooks become recordings: ours beside a plain listener, and beside the single-row updates that the same
 * database server can do at best.
 */
public final class ProcessorBenchmark implements Benchmark {
    private static final int WEBHOOKS = 200_000;
    /** The peer is given a slice; a rate is a rate. */
    private static final int PLAIN_WEBHOOKS = 4_000;
    /** At a time, of what a round reads; a quarter of all CPU is C2's at first. */
    private static final int WARM_UP = 4;
    /** As many as the processor has threads that read webhooks, and so connections that are busy with them. */
    private static final int PGBENCH_CLIENTS = 3;
    private static final int PGBENCH_CROWD = 16;
    private static final int PGBENCH_SECONDS = 10;

    private final AtomicInteger backlogs = new AtomicInteger();

    @Override
    public String name() {
        return "processor";
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (var readers = new WebhookReaders(bench.folder())) {
            var pgbench = new Pgbench(readers.servers().database("pgbench"), bench.folder());
            bench.warmUp(() -> readers.processor().read(backlog(bench.scaled(WEBHOOKS) / WARM_UP)));
            bench.warmUp(() -> readers.plain().read(backlog(bench.scaled(PLAIN_WEBHOOKS) / WARM_UP)));
            bench.say("  beside: pgbench with 1 client %.0f/s, with %d %.0f/s".formatted(
                    pgbench.updates(1, PGBENCH_SECONDS / 2), PGBENCH_CROWD,
                    pgbench.updates(PGBENCH_CROWD, PGBENCH_SECONDS / 2)));
            var beside = bench.inTurn(() -> readers.processor().read(backlog(bench.scaled(WEBHOOKS))),
                    List.of(() -> readers.plain().read(backlog(bench.scaled(PLAIN_WEBHOOKS))),
                            () -> pgbench.updates(PGBENCH_CLIENTS, PGBENCH_SECONDS)));
            bench.result(beside.get(0).figure("processor", Goal.atLeast(8)));
            bench.result(beside.get(1).figure("processor-pgbench", Goal.atLeast(1)));
        }
    }

    private Backlog backlog(int webhooks) {
        return Backlog.of("%016d".formatted(backlogs.incrementAndGet()), webhooks,
                Instant.now().minus(Duration.ofDays(1)));
    }
}
