package app.kulti.recording.processor.advance;

import app.kulti.recording.events.ids.RecordingId;
import java.util.Collection;
import java.util.Set;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Everything that is stored about recordings. */
public interface RecordingStore {
    /**
     * One transaction: reads what {@code scope} names and locks it against every other writer, has it judged, and writes
     * what was decided.
     *
     * @param decide pure; called again from the start when another writer was faster with something that was not there to
     *               be locked
     * @return what {@code decide} gave, once it is written
     */
    Mono<Changes> change(Scope scope, Function<Snapshot, Changes> decide);

    /** The same without the writing: whatever {@code judge} gives, nothing is changed. */
    <T> Mono<T> consider(Scope scope, Function<Snapshot, T> judge);

    /** Those of 100ms's recording ids that belong to nobody, or to {@code recording}. */
    Mono<Set<String>> unclaimed(Collection<String> jobs, RecordingId recording);
}
