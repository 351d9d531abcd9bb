package app.kulti.recording.processor.ops;

import java.time.Instant;
import reactor.core.publisher.Mono;

/** The database as the processor's own login sees it. */
public interface DatabaseLogin {
    /** The database's time; fails when the login does not work or may not read what is the processor's. */
    Mono<Instant> time();
}
