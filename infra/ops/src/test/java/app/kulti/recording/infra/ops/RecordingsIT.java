package app.kulti.recording.infra.ops;

import static app.kulti.recording.infra.ops.RunningServers.header;
import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.local.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators ask about single recordings, and have looked at now. Each test has a database of its own. */
class RecordingsIT {
    private final RunningServers servers = RunningServers.shared();
    private final TestDatabase database = servers.freshDatabase();
    private final TestDesk ada = servers.desk("ada", RunningServers.in(database));
    private final UUID id = UUID.randomUUID();

    @BeforeEach
    void allIsWell() {
        servers.allIsWell();
    }

    @Test
    void nothingIsStuckWhereAllIsWell() throws Exception {
        recording("completed", "mirror_state = 'verified'");

        assertThat(ada.run("stuck")).as("%s", ada).isZero();
        assertThat(ada.out.toString()).contains("Nothing is overdue.");
    }

    @Test
    void aStartThat100msDoesNotAnswer() throws Exception {
        sql("""
                INSERT INTO kulti_recording.recording_starts (recording_id, command_id, session_id, room_id, started_by,
                  issued_at, deadline, due_at) VALUES ('%1$s', '%1$s', '%1$s', 'r', '%1$s', now() - interval '2 min',
                  now() - interval '1 min', now() + interval '1 min')""");
        isStuck("START", "give it up 60 s after its last possible call");
        reconciles("kulti.finding.start-overdue.v1");
    }

    @Test
    void aStopThat100msHasNotAgreedTo() throws Exception {
        recording("recording", "stop_wanted_at = now() - interval '2 min', due_at = now() + interval '1 min'");
        isStuck("STOP", "ask 100ms to stop it once more");
    }

    @Test
    void aFileThat100msHasNotToldOf() throws Exception {
        recording("processing", "ended_at = now() - interval '3 hours', due_at = now() - interval '2 hours'");
        isStuck("PROCESSING", "for 3 h", "is the processor running?", "look at 100ms for its file");

        servers.hms.says("/v2/recordings/job-" + id, 200, """
                {"id":"job-%s","room_id":"r","status":"failed","created_at":"2026-11-22T10:00:00Z"}""".formatted(id));
        assertThat(reconciles("kulti.finding.looked.v1")).contains("\"status\":\"failed\"");
    }

    @Test
    void aCopyThatDoesNotComeAbout() throws Exception {
        recording("completed",
                "mirror_state = 'wanted', mirror_attempts = 3, mirror_reported_at = now() - interval '6 min'"
                        + ", due_at = now() + interval '1 min'");
        isStuck("MIRROR", "wanted", "announce it to the mirror once more (attempt 4)");
        reconciles("kulti.finding.mirror-overdue.v1");
    }

    @Test
    void aRefusedFileIsLookedForAt100msWhichMayNameAnother() throws Exception {
        recording("completed", "mirror_state = 'refused'");
        servers.hms.says("/v2/recordings/job-" + id, 200, """
                {"id":"job-%s","room_id":"r","status":"completed","created_at":"2026-11-22T10:00:00Z","recording_assets":[
                 {"id":"another","type":"room-composite","status":"completed","path":"p.mp4","size":7}]}"""
                .formatted(id));

        assertThat(reconciles("kulti.finding.looked.v1")).contains("another");
    }

    @Test
    void aDeletedOneWhoseFileIsStillThere() throws Exception {
        recording("completed", "mirror_state = 'verified'");
        sql("DELETE FROM public.recordings WHERE id = '%1$s'");
        sql("UPDATE kulti_recording.deleted_recordings SET deleted_at = now() - interval '1 hour'");
        isStuck("REMOVAL", "its file", "announce its removal once more (attempt 1)");
        reconciles("kulti.finding.row-deleted.v1");
    }

    @Test
    void anEventThatNobodyKnowsARecordingFor() throws Exception {
        sql("""
                INSERT INTO kulti_recording.recording_history (event_id, type, source_topic, source_partition,
                  source_offset, decided_at, decision, reason) VALUES ('%1$s', 'beam.started.success', 'hms.webhooks', 0,
                  0, now() - interval '1 hour', 'unmatched', 'no session has its room')""");
        isStuck("UNMATCHED", "beam.started.success: no session has its room", "nothing: 100ms was asked");

        sql("""
                INSERT INTO kulti_recording.unmatched_events (event_id, adopted_id, names, since, until, noticed_at, due_at)
                VALUES ('%1$s', '%1$s', '[]', now(), now(), now(), now() + interval '1 min')""");
        isStuck("UNMATCHED", "ask 100ms which recording it is");
    }

    @Test
    void aRecordingThatIsDoneIsLeftAlone() throws Exception {
        recording("completed", "mirror_state = 'verified'");

        assertThat(ada.run("reconcile", id.toString(), "--reason", "see")).as("%s", ada).isZero();
        assertThat(ada.out.toString()).contains(id + " is completed (unchanged)", "a verified copy is in storage");
        assertThat(findings()).isEmpty();
    }

    @Test
    void aFindingThatNobodyReadsIsNoSuccess() throws Exception {
        recording("completed", "mirror_state = 'wanted'");
        servers.hasRead(0);

        assertThat(ada.run("reconcile", id.toString(), "--reason", "see")).as("%s", ada).isEqualTo(Exit.DIFFERENT);
        assertThat(ada.out.toString()).contains("is published, but the processor has not read it yet");
    }

    @Test
    void a100msThatShowsNothingToUsIsAFaultOfOurs() throws Exception {
        recording("processing", "ended_at = now()");
        servers.hms.says("/v2/recordings/job-" + id, 401, "{\"message\":\"Token validation error\"}");

        assertThat(ada.run("reconcile", id.toString(), "--reason", "see")).isEqualTo(Exit.UNREACHABLE);
        assertThat(ada.err.toString()).contains("100ms refused to show it (401 Token validation error)",
                "KULTI_HMS_ACCESSKEY");
        assertThat(findings()).isEmpty();
    }

    @Test
    void theTimelineTellsWhatHappenedAndWhyItIsAsItIs() throws Exception {
        recording("processing",
                "ended_at = '2026-11-22T10:05Z', stop_reason = 'HOST', due_at = now() + interval '1 min'");
        sql("""
                INSERT INTO kulti_recording.recording_history (recording_id, event_id, type, source_topic,
                  source_partition, source_offset, decided_at, decision, replayed_by, replay_reason) VALUES ('%1$s',
                  '%1$s', 'beam.stopped.success', 'hms.webhooks', 3, 7, '2026-11-22T10:05Z', 'applied', 'bob', 'lost')""");

        assertThat(ada.run("timeline", id.toString())).as("%s", ada).isZero();
        assertThat(ada.out.toString()).contains(id + " is processing (revision 1",
                "It ended at 2026-11-22T10:05:00Z (HOST); 100ms has not told of a file yet.",
                "it looks at 100ms for the file",
                "beam.stopped.success  applied  hms.webhooks-3@7, replayed by bob: lost");
    }

    @Test
    void whomNobodyKnowsIsNotThere() {
        for (var line : List.of(List.of("timeline", id.toString()),
                List.of("reconcile", id.toString(), "--reason", "r"))) {
            assertThat(ada.run(line.toArray(String[]::new))).isEqualTo(Exit.NOT_THERE);
        }
        assertThat(ada.err.toString().lines()).allMatch(line -> line.equals("Nobody knows a recording " + id + "."))
                .hasSize(2);
    }

    private void recording(String status, String progress) throws Exception {
        sql("""
                INSERT INTO public.sessions (id, title, host_id, hms_room_id) VALUES ('%1$s', 'Pottery', '%1$s', 'r');
                INSERT INTO public.recordings (id, session_id, hms_recording_id, status)
                  VALUES ('%1$s', '%1$s', 'job-%1$s', '""" + status + """
                ');
                INSERT INTO kulti_recording.recording_progress (recording_id, session_id, revision, room_id, facts)
                  VALUES ('%1$s', '%1$s', 1, 'r', '{}');
                UPDATE kulti_recording.recording_progress SET\s""" + progress);
    }

    private void sql(String script) throws Exception {
        RunningServers.sql(database, script.formatted(id));
    }

    private void isStuck(String kind, String... words) {
        var desk = servers.desk("ada", RunningServers.in(database));
        assertThat(desk.run("stuck")).as("%s", desk).isEqualTo(Exit.DIFFERENT);
        assertThat(desk.out.toString().strip()).startsWith(kind).contains(words).hasLineCount(1);
        desk.run("stuck", "--json");
        assertThat(desk.out.toString()).contains("\"kind\" : \"" + kind + "\"");
    }

    /** Has it looked at now; returns what became a finding. */
    private String reconciles(String type) {
        assertThat(ada.run("reconcile", id.toString(), "--reason", "the host waits")).as("%s", ada).isZero();
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(header(finding, "ce_type")).isEqualTo(type);
            assertThat(header(finding, "ce_replayedby")).isEqualTo("ada");
            assertThat(header(finding, "ce_replayreason")).isEqualTo("the host waits");
        });
        assertThat(servers.records(Topics.AUDIT.name(), 1, "ada")).anySatisfy(action -> {
            assertThat(header(action, "ce_type")).isEqualTo("kulti.ops.reconciled.v1");
            assertThat(new String(action.value(), StandardCharsets.UTF_8)).contains(id.toString());
        });
        return new String(findings().getFirst().value(), StandardCharsets.UTF_8);
    }

    private List<ConsumerRecord<String, byte[]>> findings() {
        return servers.records(Topics.FINDINGS.name(), Topics.FINDINGS.partitions(), id.toString());
    }
}
