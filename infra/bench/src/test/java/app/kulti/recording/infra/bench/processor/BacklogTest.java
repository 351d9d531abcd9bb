package app.kulti.recording.infra.bench.processor;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.infra.bench.processor.Backlog.Delivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.function.BinaryOperator;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class BacklogTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Backlog BACKLOG = Backlog.of("0000000000000001", 20_000, NOON);

    @Test
    void oneInTwentyComesTwice() {
        assertThat(BACKLOG.size()).isEqualTo(20_000);
        assertThat(BACKLOG.distinct()).isEqualTo(19_000);
    }

    @Test
    void oneInTwentyComesBeforeTheOneThatItFollows() {
        var latest = new HashMap<Integer, Backlog.Kind>();
        var seen = new HashSet<Delivery>();
        var early = BACKLOG.deliveries().stream().filter(seen::add)
                .filter(delivery -> latest.merge(delivery.recording(), delivery.kind(),
                        BinaryOperator.maxBy(Comparator.naturalOrder())) != delivery.kind())
                .count();

        assertThat(early).isEqualTo(1_000);
    }

    @Test
    void everyRecordingBeginsEndsAndHasItsFile() {
        assertThat(BACKLOG.recordings()).isEqualTo(5_000);
        assertThat(BACKLOG.deliveries().stream().map(Delivery::recording).distinct()).hasSize(5_000);
        assertThat(new HashSet<>(BACKLOG.deliveries())).contains(new Delivery(4_999, Backlog.Kind.STARTED),
                new Delivery(4_999, Backlog.Kind.STOPPED), new Delivery(4_999, Backlog.Kind.READY));
    }

    @Test
    void aWebhookIsAsLargeAsThoseOf100ms() {
        var sizes = BACKLOG.deliveries().stream().limit(1_000).map(BACKLOG::envelope)
                .map(envelope -> envelope.message().body().length()).toList();

        assertThat(sizes).allSatisfy(size -> assertThat(size).isBetween(600, 1_800));
    }

    @Test
    void itsBodyIsJson() {
        for (var kind : Backlog.Kind.values()) {
            var body = new String(BACKLOG.envelope(new Delivery(7, kind)).message().body().bytes(),
                    StandardCharsets.UTF_8);

            assertThat(JsonMapper.shared().readTree(body).path("data").path("room_id").stringValue())
                    .isEqualTo("000000000000000100000007");
        }
    }

    @Test
    void itIsTheSameForTheSameSize() {
        assertThat(Backlog.of("0000000000000001", 20_000, NOON)).isEqualTo(BACKLOG);
        assertThat(List.of(Backlog.of("x", 20_000, NOON).deliveries())).isEqualTo(List.of(BACKLOG.deliveries()));
    }
}
