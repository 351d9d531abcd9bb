package app.kulti.recording.infra.local.hms.beam;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ObjectIdsTest {
    private final ObjectIds ids = new ObjectIds(Clock.fixed(Instant.parse("2023-03-30T05:14:04Z"), ZoneOffset.UTC),
            new Random(1));

    @Test
    void anIdBeginsWithTheSecondOfItsCreation() {
        String id = ids.next();

        assertThat(ObjectIds.isOne(id)).isTrue();
        assertThat(Long.parseLong(id.substring(0, 8), 16))
                .isEqualTo(Instant.parse("2023-03-30T05:14:04Z").getEpochSecond());
    }

    @Test
    void idsOfOneSecondDifferInTheirCounterOnly() {
        assertThat(Stream.generate(ids::next).limit(1000).distinct()).hasSize(1000);
        assertThat(Stream.generate(ids::next).limit(1000).map(id -> id.substring(0, 18)).distinct()).hasSize(1);
    }

    @Test
    void whatIsNoIdIsSeen() {
        assertThat(ObjectIds.isOne("61a61f260000000000000000")).isTrue();
        assertThat(ObjectIds.isOne("61A61F260000000000000000")).isFalse();
        assertThat(ObjectIds.isOne("61a61f26000000000000000")).isFalse();
        assertThat(ObjectIds.isOne("__internal_recorder-----")).isFalse();
    }
}
