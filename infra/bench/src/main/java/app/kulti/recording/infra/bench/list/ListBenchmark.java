package app.kulti.recording.infra.bench.list;

import app.kulti.recording.infra.bench.Bench;
import app.kulti.recording.infra.bench.Benchmark;
import app.kulti.recording.infra.bench.Goal;
import app.kulti.recording.infra.bench.processor.BenchServers;
import java.util.List;
import java.util.UUID;

/**
 * How fast a caller gets the first page of their recordings, with how many there are in all: of 2,000 among 1,000,000, beside
 * the rate at which the same database server answers the same query alone, and beside the same among 10,000.
 */
public final class ListBenchmark implements Benchmark {
    private static final int MANY = 1_000_000;
    private static final int FEW = 10_000;
    /** As many as keep two cores busy, and a few more. */
    private static final int CLIENTS = 8;
    private static final int SECONDS = 6;

    @Override
    public String name() {
        return "list";
    }

    @Override
    public void run(Bench bench) throws Exception {
        var caller = UUID.randomUUID();
        try (var servers = new BenchServers(bench.folder())) {
            var many = servers.database("many");
            var few = servers.database("few");
            bench.say("  fills " + bench.scaled(MANY) + " and " + FEW + " recordings in");
            ListedRecordings.fill(many, bench.scaled(MANY), caller);
            ListedRecordings.fill(few, FEW, caller);
            var amongMany = ListedGateway.start(servers, many, bench.folder(), caller);
            var amongFew = ListedGateway.start(servers, few, bench.folder(), caller);
            var query = amongMany.queryAsItReachesTheDatabase();
            var pgbench = new PgbenchQuery(many, query, amongMany.claims(), bench.folder());

            bench.say("  warming up");
            bench.warmUp(() -> amongMany.rate(CLIENTS, SECONDS));
            bench.warmUp(() -> amongFew.rate(CLIENTS, SECONDS));
            pgbench.rate(CLIENTS, SECONDS);
            var beside = bench.inTurn(() -> amongMany.rate(CLIENTS, SECONDS),
                    List.of(() -> pgbench.rate(CLIENTS, SECONDS), () -> amongFew.rate(CLIENTS, SECONDS)));
            bench.result(beside.get(0).figure("list-pgbench", Goal.atLeast(0.7)));
            bench.result(beside.get(1).figure("list-scale", Goal.atLeast(0.75)));
        }
    }
}
