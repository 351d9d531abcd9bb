package app.kulti.recording.processor.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.processor.recording.Evidence;
import app.kulti.recording.processor.recording.Evidence.CopyUnderWay;
import app.kulti.recording.processor.recording.Facts;
import app.kulti.recording.processor.recording.Film;
import app.kulti.recording.processor.recording.Join;
import app.kulti.recording.processor.recording.Link;
import app.kulti.recording.processor.recording.OutsideId;
import app.kulti.recording.processor.recording.OutsideId.Kind;
import app.kulti.recording.processor.recording.Stamp;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FactsJsonTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456789Z");
    private static final Stamp STAMP = new Stamp(NOON, new EventId(new UUID(0, 1)));

    @Test
    void whatIsStoredIsReadBackWithoutTheSecret() {
        var json = FactsJson.write(facts());

        assertThat(json).doesNotContain("secret").contains("\"job_id\"");
        assertThat(FactsJson.read(json)).isEqualTo(facts().withUrl(null));
    }

    @Test
    void nothingKnownIsReadBackToo() {
        assertThat(FactsJson.read(FactsJson.write(Facts.NONE))).isEqualTo(Facts.NONE);
    }

    @Test
    void whatALaterVersionAddsIsPassedOver() {
        assertThat(FactsJson.read(FactsJson.write(Facts.NONE).replaceFirst("\\{", "{\"later\":{\"x\":1},")))
                .isEqualTo(Facts.NONE);
    }

    private static Facts facts() {
        var link = Link.to("asset-1", "a.mp4", new SignedUrl(URI.create("https://f.example/a.mp4?signature=secret")),
                NOON);
        var facts = Facts.NONE;
        for (var one : List.<Evidence>of(
                new Evidence.Identified(STAMP, List.of(new OutsideId(Kind.JOB, "job-1")), "hms-1"),
                new Evidence.Accepted(STAMP, NOON), new Evidence.Started(STAMP, NOON),
                new Evidence.StopWanted(STAMP, new Evidence.StopWish(new CommandId(new UUID(0, 2)))),
                new Evidence.Stopped(STAMP, NOON, "client request"),
                new Evidence.FileReady(new Stamp(null, STAMP.id()),
                        new Film("asset-1", "a.mp4", "https://f.example/a.mp4", 1L, 2L, "1x1", "mp4", NOON, NOON),
                        link),
                new Evidence.Failed(STAMP, "X"), new Evidence.Copying(STAMP, new CopyUnderWay("asset-1", 5L)),
                new Evidence.Verified(STAMP, NOON, "asset-1", "key", 1, "e3069283"),
                new Evidence.Refused(STAMP, "b.mp4", RefusedBecause.HTML, 9L),
                new Evidence.ExpiryTold(STAMP, Instant.parse("2027-01-01T00:00:00Z")),
                new Evidence.Kept(STAMP, true))) {
            facts = Join.apply(facts, one);
        }
        return facts;
    }
}
