package app.kulti.recording.infra.bench.list;

import app.kulti.recording.infra.bench.Bench;
import app.kulti.recording.infra.bench.Benchmark;
import app.kulti.recording.infra.bench.Goal;
import app.kulti.recording.infra.bench.processor.BenchServers;
import java.util.List;

/**
 * How fast a caller gets the first page of their recordings, with how many there are in all: of 2,000 among 1,000,000, beside
 * the rate at which the same database server answers the same query alone, and beside the same among 10,000.
 */
public final class ListBenchmark implements Benchmark {
    private static final int MANY = 1_000_000;
    private static final int FEW = 10_000;
    /** As many as keep two cores busy while half of them wait. */
    private static final int CLIENTS = 16;
    private static final int SECONDS = 6;
    /** About twenty thousand requests. */
    private static final int WARM_UP_SECONDS = 60;

    @Override
    public String name() {
        return "list";
    }

    @Override
    public void run(Bench bench) throws Exception {
        var caller = ListReader.who(ListedRecordings.VISIBLE);
        var newcomer = ListReader.who(ListedRecordings.VISIBLE_TO_THE_NEWCOMER);
        try (var servers = new BenchServers(bench.folder())) {
            var many = servers.database("many");
            var few = servers.database("few");
            bench.say("  fills " + bench.scaled(MANY) + " and " + FEW + " recordings in");
            ListedRecordings.fill(many, bench.scaled(MANY), caller.id(), newcomer.id());
            ListedRecordings.fill(few, FEW, caller.id(), newcomer.id());
            var amongMany = ListedGateway.start(servers, many, bench.folder());
            var amongFew = ListedGateway.start(servers, few, bench.folder());
            var pgbench = new PgbenchQuery(many, amongMany.queryAsItReachesTheDatabase(caller), caller.claims(),
                    bench.folder());

            bench.say("  warming up");
            // The compiler goes by the number of requests, and a newcomer's take the least of everything else.
            for (var gateway : List.of(amongMany, amongFew)) {
                gateway.rate(newcomer, CLIENTS, WARM_UP_SECONDS);
                bench.warmUp(() -> gateway.rate(newcomer, CLIENTS, SECONDS));
                gateway.rate(caller, CLIENTS, SECONDS);
            }
            pgbench.rate(CLIENTS, SECONDS);
            var beside = bench.inTurn(() -> amongMany.rate(caller, CLIENTS, SECONDS), List
                    .of(() -> pgbench.rate(CLIENTS, SECONDS), () -> amongFew.rate(caller, CLIENTS, SECONDS)));
            bench.result(beside.get(0).figure("list-pgbench", Goal.atLeast(0.7)));
            bench.result(beside.get(1).figure("list-scale", Goal.atLeast(0.75)));
        }
    }
}
