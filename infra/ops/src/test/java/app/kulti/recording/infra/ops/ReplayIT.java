package app.kulti.recording.infra.ops;

import static app.kulti.recording.infra.ops.RunningServers.WEBHOOKS;
import static app.kulti.recording.infra.ops.RunningServers.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.ops.postgres.OneAtATime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Webhooks that lie on their topic are shown and published again, over a real broker and database. */
class ReplayIT {
    private final RunningServers servers = RunningServers.shared();
    private final String room = RunningServers.room();
    private final TestDesk ada = servers.desk("ada");

    @BeforeEach
    void allIsWell() {
        servers.allIsWell();
    }

    @Test
    void aReplayIsShownFirstAndChangesNothingThen() {
        servers.deliver(room, 5);

        assertThat(ada.run("replay", "--from", "1h", "--room", room)).as("%s", ada).isZero();

        assertThat(ada.out.toString()).contains("5 webhooks", "applied before", "Nothing was published");
        assertThat(servers.webhooks(room)).hasSize(5);
    }

    @Test
    void replayedRecordsSayWhoAndWhyAndKeepTheirIdAndTime() {
        servers.deliver(room, 3);

        assertThat(ada.run("replay", "--from", "1h", "--room", room, "--confirm", "--reason", "a better parser")).as(
                "%s", ada).isZero();

        var records = servers.webhooks(room);
        assertThat(records).hasSize(6);
        for (var i = 0; i < 3; i++) {
            var first = records.get(i);
            var again = records.get(i + 3);
            assertThat(header(again, "ce_id")).isEqualTo(header(first, "ce_id"));
            assertThat(header(again, "ce_time")).isEqualTo(header(first, "ce_time"));
            assertThat(again.value()).isEqualTo(first.value());
            assertThat(header(again, "ce_replayedby")).isEqualTo("ada");
            assertThat(header(again, "ce_replayreason")).isEqualTo("a better parser");
            assertThat(header(first, "ce_replayedby")).isEmpty();
        }
        assertThat(servers.records(Topics.AUDIT.name(), 1, "ada").stream()
                .filter(action -> new String(action.value(), StandardCharsets.UTF_8).contains("a better parser"))
                .map(action -> header(action, "ce_type"))).startsWith("kulti.ops.replay-begun.v1",
                        "kulti.ops.replay-stands.v1")
                .endsWith("kulti.ops.replay-ended.v1");
        assertThat(ada.run("replay", "--from", "1h", "--room", room, "--confirm", "--reason", "again")).isZero();
        assertThat(servers.webhooks(room)).as("replays are not replayed").hasSize(9);
    }

    @Test
    void onlyThoseOfTheTypesThatAreNamed() {
        servers.deliver("beam.started.success", room, "{}");
        servers.deliver("beam.stopped.success", room, "{}");
        servers.deliver("hls.recording.success", room, "{}");

        shows(1, "--from", "1h", "--room", room, "--type", "beam.started.success");
        shows(2, "--from", "1h", "--room", room, "--type", "beam.*");
        shows(2, "--from", "1h", "--room", room, "--type", "beam.stopped.success", "--type", "hls.*");
        shows(3, "--from", "1h", "--room", room);
        shows(0, "--from", "1h", "--room", room, "--type", "hls.started.success");
    }

    @Test
    void onlyThoseOfASessionsRoomsOrOfARecordingWhereverTheirWindow() throws Exception {
        var session = UUID.randomUUID();
        var recording = UUID.randomUUID();
        servers.sql("""
                INSERT INTO public.sessions (id, title, host_id, hms_room_id) VALUES ('%1$s', 'Pottery', '%1$s', '%2$s');
                INSERT INTO public.recordings (id, session_id, hms_recording_id) VALUES ('%3$s', '%1$s', 'job-%3$s');
                INSERT INTO kulti_recording.recording_progress (recording_id, session_id, revision, room_id,
                  hms_session_id, facts) VALUES ('%3$s', '%1$s', 1, '%2$s', 'hms-%3$s', '{}');
                INSERT INTO kulti_recording.recording_aliases VALUES ('job_id', 'job-%3$s', '%3$s');
                """.formatted(session, room, recording));
        servers.deliver("beam.started.success", room, "{\"job_id\":\"job-%s\"}".formatted(recording));
        servers.deliver("beam.started.success", room, "{\"job_id\":\"another\"}");
        servers.deliver("recording.success", room, "{\"session_id\":\"hms-%s\"}".formatted(recording));
        servers.deliver("beam.started.success", RunningServers.room(), "{\"job_id\":\"job-%s\"}".formatted(recording));

        shows(3, "--session", session.toString());
        shows(2, "--recording", recording.toString());
    }

    @Test
    void whomNobodyKnowsHasNoWebhooks() {
        assertThat(ada.run("replay", "--session", UUID.randomUUID().toString())).isEqualTo(Exit.NOT_THERE);
        assertThat(ada.err.toString()).contains("has no room, or is unknown");
        assertThat(ada.run("replay", "--recording", UUID.randomUUID().toString())).isEqualTo(Exit.NOT_THERE);
        assertThat(ada.err.toString()).contains("Nobody knows a recording");
    }

    @Test
    void whatWasPromisedAndDidNotComeAboutIsTold() {
        servers.deliver(room, 2);
        var recording = UUID.randomUUID();
        servers.service(ServiceName.PROCESSOR).says("/ops/preview", 200, RunningServers.promise(2, "APPLIED", """
                {"recording":"%s","now":null,"after":{"status":"completed","revision":3}}""".formatted(recording)));

        assertThat(ada.run("replay", "--from", "1h", "--room", room, "--confirm", "--reason", "see")).as("%s", ada)
                .isEqualTo(Exit.DIFFERENT);

        assertThat(ada.out.toString()).contains("2 would be applied", recording + "  not there → completed",
                "2 of 2 published; of 1 recordings 0 are as promised",
                recording + "  promised completed, is not there");
    }

    @Test
    void aProcessorThatHasNotReadItYetIsNoSuccess() {
        servers.deliver(room, 1);
        servers.hasRead(0);

        assertThat(ada.run("replay", "--from", "1h", "--room", room, "--confirm", "--reason", "see")).as("%s", ada)
                .isEqualTo(Exit.DIFFERENT);
        assertThat(ada.out.toString()).contains("1 of 1 published, but the processor has not read all of it yet");
    }

    @Test
    void withoutAProcessorThatForeseesNothingIsPublished() {
        servers.deliver(room, 1);
        servers.service(ServiceName.PROCESSOR).says("/ops/preview", 503, "{\"error\":\"PostgreSQL is away\"}");

        assertThat(ada.run("replay", "--from", "1h", "--room", room, "--confirm", "--reason", "see")).isEqualTo(
                Exit.UNREACHABLE);
        assertThat(ada.err.toString()).contains("could not judge the webhooks (503 PostgreSQL is away)");
        assertThat(servers.webhooks(room)).hasSize(1);
    }

    @Test
    void theSecondOfTwoOperatorsIsTold() {
        servers.deliver(room, 1);
        try (var _ = OneAtATime.take(ada.desk().settings(), new Why.Said("bob", "first"), "replay")) {
            assertThat(ada.run("replay", "--from", "1h", "--room", room, "--confirm", "--reason", "second")).isEqualTo(
                    Exit.BUSY);
            assertThat(ada.err.toString()).contains("Somebody else is at it: \"kulti-ops replay: bob\"");
            assertThat(ada.run("replay", "--from", "1h", "--room", room)).as("looking is free").isZero();
        }
        assertThat(servers.webhooks(room)).hasSize(1);
    }

    @Test
    void aTopicThatIsGoneIsSaidSoAndNamedByTheDoctor() throws Exception {
        try (var admin = servers.admin()) {
            admin.deleteTopics(List.of(WEBHOOKS)).all().get(30, TimeUnit.SECONDS);
            await().atMost(Duration.ofSeconds(30)).until(() -> !admin.listTopics().names().get().contains(WEBHOOKS));
        }
        try {
            assertThat(ada.run("replay", "--from", "1h", "--json")).isEqualTo(Exit.UNREACHABLE);
            assertThat(ada.err.toString()).contains("A topic is not there", "kulti-ops doctor");
            assertThat(ada.out.toString()).contains("\"exit\" : 3").contains("A topic is not there");
            assertThat(ada.run("doctor")).isEqualTo(Exit.DIFFERENT);
            assertThat(ada.out.toString()).contains("WRONG  topic hms.webhooks: is not there",
                    "kafka-topics.sh --create --topic hms.webhooks --partitions 12");
        } finally {
            servers.makeMissingTopics();
        }
    }

    @Test
    void anOperatorAtATerminalSeesHowFarItIs() {
        servers.deliver(room, 3);
        var carol = servers.desk("carol").atTerminal();

        assertThat(carol.run("replay", "--from", "1h", "--room", room, "--confirm", "--reason", "look")).as("%s", carol)
                .isZero();
        assertThat(carol.err.toString()).contains("replay 100%", "3/3");
    }

    private void shows(int webhooks, String... options) {
        var desk = servers.desk("ada");
        var arguments = new String[options.length + 2];
        arguments[0] = "replay";
        arguments[1] = "--json";
        System.arraycopy(options, 0, arguments, 2, options.length);
        var status = desk.run(arguments);
        assertThat(desk.out.toString()).as("%s %s", List.of(options), desk).contains("\"webhooks\" : " + webhooks);
        assertThat(status).isEqualTo(webhooks == 0 ? Exit.NOT_THERE : Exit.DONE);
    }
}
