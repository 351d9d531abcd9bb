package app.kulti.recording.processor.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.infra.messaging.Traces;
import app.kulti.recording.processor.advance.CallHms;
import app.kulti.recording.processor.advance.Findings;
import app.kulti.recording.processor.advance.Hms;
import app.kulti.recording.processor.advance.RecordingStore;
import app.kulti.recording.processor.advance.Start;
import app.kulti.recording.processor.advance.Stored;
import app.kulti.recording.processor.advance.Unmatched;
import app.kulti.recording.processor.recording.Tombstone;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class TakeUpDueWorkTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final RecordingId DELETED = new RecordingId(new UUID(0, 1));

    @Test
    void aKindThatCannotBeTakenUpDoesNotHoldUpTheOthers() {
        var published = new ArrayList<RecordingFinding>();
        Findings findings = finding -> {
            published.add(finding.message());
            return Mono.empty();
        };
        var meters = new SimpleMeterRegistry();
        var calls = new CallHms(nobody(Hms.class), nobody(RecordingStore.class), findings, () -> NOON, 1, meters,
                Traces.none());
        var round = new TakeUpDueWork(new OneIllegibleRow(), calls, findings, () -> NOON, meters).run();

        assertThatIllegalStateException().isThrownBy(() -> round.block(Duration.ofSeconds(5)))
                .withMessage("a row that cannot be read");

        assertThat(published).containsExactly(new RecordingFinding.RowDeleted(DELETED, NOON));
    }

    /** Fails whoever asks it anything. */
    private static <T> T nobody(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (_, method, _) -> {
            throw new UnsupportedOperationException(method.getName());
        }));
    }

    private static final class OneIllegibleRow implements DueWork {
        @Override
        public Mono<List<Start>> takeStarts(Instant now, int most) {
            return Mono.just(List.of());
        }

        @Override
        public Mono<List<Stored>> takeUnfinished(Instant now, int most) {
            return Mono.error(new IllegalStateException("a row that cannot be read"));
        }

        @Override
        public Mono<List<RecordingId>> inherited(Instant now, int most) {
            return Mono.just(List.of());
        }

        @Override
        public Mono<List<Stored>> takeUnmirrored(Instant now, int most) {
            return Mono.just(List.of());
        }

        @Override
        public Mono<List<Unmatched>> takeUnmatched(Instant now, int most) {
            return Mono.just(List.of());
        }

        @Override
        public Mono<List<Tombstone>> takeTombstones(Instant now, int most) {
            return Mono.just(List.of(new Tombstone(DELETED, new SessionId(new UUID(0, 2)), null, null, "", null, null,
                    false, 1, 0, NOON, null, null)));
        }
    }
}
