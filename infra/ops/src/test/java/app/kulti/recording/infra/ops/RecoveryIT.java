package app.kulti.recording.infra.ops;

import static app.kulti.recording.infra.ops.RunningServers.header;
import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What 100ms has and is missing here; that it all comes back is shown over the real services in infra/journeys. */
class RecoveryIT {
    private final RunningServers servers = RunningServers.shared();
    private final TestDesk ada = servers.desk("ada");
    private final String job = "job-" + UUID.randomUUID();
    private final String reason = "the door was shut on " + job;

    @BeforeEach
    void aRecordingThatNobodyHereKnows() {
        servers.allIsWell();
        var recording = """
                {"id":"%s","room_id":"r","status":"completed","created_at":"%s"}""".formatted(job,
                Instant.now().minus(Duration.ofMinutes(10)));
        servers.hms.says("/v2/analytics/webhooks", 200, "{\"events\":[],\"pagination\":{\"has_next\":false}}")
                .says("/v2/recordings", 200, "{\"data\":[" + recording + "],\"last\":\"\"}")
                .says("/v2/recordings/" + job, 200, recording);
    }

    @Test
    void itIsShownFirstAndChangesNothingThen() {
        assertThat(ada.run("replay", "--from-100ms", "--from", "1h")).as("%s", ada).isZero();

        assertThat(ada.out.toString()).contains("recordings: 1 missing or behind", "Nothing was done");
        assertThat(findings()).isEmpty();
        assertThat(audited()).isEmpty();
    }

    @Test
    void whatALookShowsIsPublishedAndWhatStaysBehindIsSaid() {
        assertThat(ada.run("replay", "--from-100ms", "--from", "1h", "--confirm", "--reason", reason)).as("%s", ada)
                .isEqualTo(Exit.DIFFERENT);

        assertThat(ada.out.toString()).contains("recordings: 1 missing → 0 recovered",
                "not recovered: " + job + " in room r (completed)");
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(header(finding, "ce_type")).isEqualTo("kulti.finding.looked.v1");
            assertThat(header(finding, "ce_replayedby")).isEqualTo("ada");
            assertThat(header(finding, "ce_replayreason")).isEqualTo(reason);
        });
        assertThat(audited()).containsExactly("kulti.ops.history-asked.v1");
    }

    @Test
    void whoInterruptsItInTimeHasDoneNothingAndIsToldNoPartOfItAsTheWhole() {
        ada.stop.request();

        assertThat(ada.run("replay", "--from-100ms", "--from", "1h")).isEqualTo(Exit.CANCELLED);
        assertThat(ada.run("replay", "--from-100ms", "--from", "1h", "--confirm", "--reason", reason))
                .isEqualTo(Exit.CANCELLED);

        assertThat(ada.out.toString()).isEmpty();
        assertThat(ada.err.toString()).contains("Interrupted before anything was brought back");
        assertThat(findings()).isEmpty();
        assertThat(audited()).isEmpty();
    }

    private List<ConsumerRecord<String, byte[]>> findings() {
        return servers.records(Topics.FINDINGS.name(), Topics.FINDINGS.partitions(),
                RecordingId.adopting("job_id", job).toString());
    }

    private List<String> audited() {
        return servers.records(Topics.AUDIT.name(), 1, "ada").stream()
                .filter(action -> new String(action.value(), StandardCharsets.UTF_8).contains(job))
                .map(action -> header(action, "ce_type")).toList();
    }
}
