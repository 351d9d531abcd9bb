package app.kulti.recording.processor.figures;

import java.time.Instant;
import reactor.core.publisher.Mono;

/** Sees all recordings at once. */
public interface LooksAtAll {
    /** How they stand; {@code now} is what ages are reckoned from. */
    Mono<Standing> standing(Instant now);
}
