package app.kulti.recording.processor.advance;

import static app.kulti.recording.processor.advance.House.NOON;
import static app.kulti.recording.processor.advance.House.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class CallToSearchTest {
    private final Room hms = new Room();

    @Test
    void whatTheRoomRecordedAtThatTimeIsLookedAtWithItsFiles() {
        hms.has("before", at(-500), at(-300));
        hms.has("meant", at(-3), at(90));
        hms.has("still running", at(50), null);
        hms.has("after", at(200), at(300));

        assertThat(found(null)).containsExactlyInAnyOrder("meant", "still running");
        assertThat(hms.since).isEqualTo(at(-60));
    }

    @Test
    void aJobIsLookedAtByItself() {
        hms.has("job-1", at(0), null);
        hms.has("another", at(0), null);

        assertThat(found("job-1")).containsExactly("job-1");
        assertThat(hms.asked).containsExactly("look job-1");
    }

    @Test
    void whileHmsIsAwayNothingIsFoundAndNothingSaid() {
        hms.isAway = true;

        assertThat(found(null)).isEmpty();
        assertThat(found("job-1")).isEmpty();
    }

    private List<String> found(@Nullable String job) {
        return new CallToSearch(hms).found(new HmsCall.ToSearch(new RecordingId(new UUID(0, 1)), job, ROOM, at(0),
                at(100), "1")).map(HmsRecording::id).collectList().blockOptional(Duration.ofSeconds(5)).orElseThrow();
    }

    private static Instant at(int second) {
        return NOON.plusSeconds(second);
    }

    /** A room at 100ms whose recordings are listed and looked at. */
    private static final class Room extends UnaskedHms {
        final Map<String, HmsRecording> recordings = new HashMap<>();
        final List<String> asked = new ArrayList<>();
        Instant since = Instant.EPOCH;
        boolean isAway;

        void has(String id, Instant created, @Nullable Instant stopped) {
            recordings.put(id, new HmsRecording(id, ROOM, "hms-1", "running", created, created, stopped, List.of()));
        }

        @Override
        public Mono<Reply<List<HmsRecording>>> list(RoomId room, Instant from, Duration limit) {
            since = from;
            return Mono.just(isAway
                    ? new Reply.Withheld<>(new HmsAnswer.Unavailable("timeout"))
                    : new Reply.Given<>(List.copyOf(recordings.values())));
        }

        @Override
        public Mono<HmsAnswer> look(String id, Duration limit) {
            asked.add("look " + id);
            var known = recordings.get(id);
            return Mono.just(isAway || known == null
                    ? new HmsAnswer.Unavailable("timeout")
                    : new HmsAnswer.Found(known));
        }
    }
}
