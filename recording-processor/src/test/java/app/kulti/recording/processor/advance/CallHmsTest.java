package app.kulti.recording.processor.advance;

import static app.kulti.recording.processor.advance.House.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.infra.messaging.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** With room for one command and for one look. */
class CallHmsTest {
    private static final RecordingId ID = new RecordingId(new UUID(0, 1));

    private final Played hms = new Played();
    private final List<RecordingFinding> published = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CallHms calls = new CallHms(hms, new MemoryStore(), finding -> {
        published.add(finding.message());
        return Mono.empty();
    }, () -> NOON, 1, meters, Traces.none());

    @Test
    void aLookThatFindsNoRoomIsLeftToTheScheduleAndHoldsUpNoStop() {
        hms.look = Mono.never();

        calls.now(look("job-1"), null);
        calls.now(look("job-2"), null);
        calls.now(new HmsCall.ToStop(ID, "job-1", null, null, 1, "stop"), null);

        assertThat(hms.asked).containsExactly("look job-1", "stop job-1");
        assertThat(published)
                .containsExactly(new RecordingFinding.StopAnswered(ID, null, 1, new HmsAnswer.NotFound()));
        assertThat(meters.get("kulti.processor.calls.postponed").counter().count()).isEqualTo(1);
    }

    @Test
    void aCallThatFailsAsNobodyExpectsIsNoFaultOfItsBatchAndGivesItsPlaceBack() {
        hms.isBroken = true;
        calls.now(look("job-1"), null);
        hms.isBroken = false;

        calls.now(look("job-2"), null);

        assertThat(hms.asked).containsExactly("look job-1", "look job-2");
        assertThat(published).containsExactly(new RecordingFinding.Looked(ID, new HmsAnswer.NotFound()));
    }

    private static HmsCall look(String job) {
        return new HmsCall.ToLook(ID, job, "look");
    }

    private static final class Played extends UnaskedHms {
        final List<String> asked = new ArrayList<>();
        Mono<HmsAnswer> look = Mono.just(new HmsAnswer.NotFound());
        boolean isBroken;

        @Override
        public Mono<HmsAnswer> look(String id, Duration limit) {
            asked.add("look " + id);
            if (isBroken) {
                throw new IllegalStateException("a mistake of ours");
            }
            return look;
        }

        @Override
        public Mono<HmsAnswer> stop(String id, Duration limit) {
            asked.add("stop " + id);
            return Mono.just(new HmsAnswer.NotFound());
        }
    }
}
