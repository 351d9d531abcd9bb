package app.kulti.recording.infra.observability.checking;

import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tries out what only the service itself can, since nobody else has its credentials. Those that are beans are asked. */
@FunctionalInterface
public interface Check {
    /** Tries it out when it is subscribed to. Has an answer within seconds; what is wrong is a finding, no error. */
    Mono<List<Finding>> run();

    /**
     * One with a single finding.
     *
     * @param name  what is tried
     * @param wrong tries it, and says why it did not work and what to do about it; nothing when it worked
     */
    static Check of(String name, Mono<String> wrong) {
        return () -> wrong.map(why -> Finding.wrong(name, why)).defaultIfEmpty(Finding.fine(name)).map(List::of);
    }

    /** All of them, side by side, told in their order. */
    static Check all(List<Check> checks) {
        return () -> Flux.fromIterable(checks).flatMapSequential(Check::run).flatMapIterable(found -> found)
                .collectList();
    }
}
