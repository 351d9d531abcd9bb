package app.kulti.recording.infra.bench.start;

import app.kulti.recording.infra.bench.Bench;
import app.kulti.recording.infra.bench.Benchmark;
import app.kulti.recording.infra.bench.Goal;
import app.kulti.recording.infra.bench.Median;
import app.kulti.recording.infra.local.run.Caller;
import app.kulti.recording.infra.local.run.Caller.Answer;
import app.kulti.recording.infra.local.run.Credentials;
import app.kulti.recording.infra.local.run.LocalSystem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * How long a host waits for a start, from the click to 100ms's yes through gateway, Kafka, processor and back, beside
 * what 100ms takes when it is asked directly.
 */
public final class StartLatencyBenchmark implements Benchmark {
    private static final int STARTS = 30;
    /**
     * More than all hosts of a busy platform click. One right after the other would measure how the webhooks of each start and
     * the next start share this machine's cores.
     */
    private static final Duration EVERY = Duration.ofMillis(200);
    /** Much of the code is called once in a start, and is compiled for good after thousands of calls. */
    private static final int WARM_UP = 500;
    private static final Duration TOKENS_LAST = Duration.ofHours(1);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "start-latency";
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (var system = LocalSystem.startToMeasure(bench.folder())) {
            var hms = new Caller(system.hms(), Credentials.managementToken(UUID.randomUUID(), Instant.now(),
                    Instant.now().plus(TOKENS_LAST)));
            bench.say("  warming up");
            bench.warmUp(() -> 1 / through(system, hms, WARM_UP, Duration.ZERO));
            direct(hms, WARM_UP, Duration.ZERO);
            bench.say(
                    "  %d starts a side and round, one every %d ms; milliseconds".formatted(STARTS, EVERY.toMillis()));
            var rounds = bench.inTurn(() -> through(system, hms, STARTS, EVERY), () -> direct(hms, STARTS, EVERY));
            bench.result(rounds.difference("start-latency", Goal.atMost(30)));
        }
    }

    /** The median of so many starts by hosts of sessions of their own. */
    private static double through(LocalSystem system, Caller hms, int count, Duration every) {
        return median(count, every, () -> {
            var room = room(hms);
            var host = UUID.randomUUID();
            var session = system.app().session("A session", host, room, List.of());
            var caller = new Caller(system.gateway(),
                    Credentials.token(host, Instant.now(), Instant.now().plus(TOKENS_LAST)));
            return () -> caller.post("/api/hms/start-recording",
                    "{\"sessionId\":\"%s\",\"roomId\":\"%s\"}".formatted(session, room));
        });
    }

    /** The median of so many starts that 100ms is asked for by itself. */
    private static double direct(Caller hms, int count, Duration every) {
        return median(count, every, () -> {
            var room = room(hms);
            return () -> hms.post("/v2/recordings/room/%s/start".formatted(room),
                    "{\"resolution\":{\"width\":1280,\"height\":720}}");
        });
    }

    private static String room(Caller hms) {
        return hms.post("/_simulator/rooms", "{\"name\":\"A session\"}").text("/id");
    }

    /** All are prepared before the first is made. */
    private static double median(int count, Duration every, Supplier<Supplier<Answer>> prepared) {
        var starts = IntStream.range(0, count).mapToObj(_ -> prepared.get()).toList();
        try (var clock = Executors.newSingleThreadScheduledExecutor()) {
            var taken = IntStream.range(0, count).mapToObj(i -> clock.schedule(() -> millis(starts.get(i)),
                    every.multipliedBy(i).toMillis(), TimeUnit.MILLISECONDS)).toList();
            return Median.of(taken.stream().mapToDouble(StartLatencyBenchmark::get));
        }
    }

    private static double get(Future<Double> millis) {
        try {
            return millis.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a start failed", e);
        }
    }

    private static double millis(Supplier<Answer> start) {
        var begun = System.nanoTime();
        var answer = start.get();
        var taken = System.nanoTime() - begun;
        if (answer.status() != 200) {
            throw new IllegalStateException("a start was answered %d: %s".formatted(answer.status(), answer.json()));
        }
        return taken / 1e6;
    }
}
