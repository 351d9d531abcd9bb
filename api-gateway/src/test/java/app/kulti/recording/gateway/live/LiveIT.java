package app.kulti.recording.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.Gateway;
import app.kulti.recording.gateway.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What happens to a recording reaches those whom it concerns, while it happens. */
class LiveIT {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final UUID host = UUID.randomUUID();
    private final UUID participant = UUID.randomUUID();
    private final UUID session = Gateway.app().session("Yoga", host, participant);
    private final UUID recording = UUID.randomUUID();
    private final LiveStreams streams = Gateway.shared().bean(LiveStreams.class);

    @Test
    void whatHappensReachesHostAndParticipants() {
        try (var atHost = StreamReader.open(Tokens.of(host));
                var atParticipant = StreamReader.open(Tokens.of(participant));
                var anonymous = StreamReader.open(Tokens.anonymous(participant))) {
            Gateway.processor().publish(new RecordingEvent.Started(States.recording(session, recording, 3)));
            for (var reader : List.of(atHost, atParticipant, anonymous)) {
                await().atMost(StreamReader.LIMIT).until(() -> !reader.events().isEmpty());
                assertThat(reader.data()).containsExactly(json("""
                        {"type": "started",
                         "recording": {"id": "%s", "session_id": "%s", "revision": 3, "deleted": false,
                           "status": "recording", "hms_recording_id": "hms-1", "started_at": "2026-11-22T10:00:00Z",
                           "mirrored": false, "kept": false}}""".formatted(recording, session)));
                assertThat(Instant.parse(String.valueOf(reader.events().getFirst().id()))).isBefore(Instant.now());
            }
        }
    }

    @Test
    void everyKindOfEventIsToldByItsName() {
        var state = States.recording(session, recording, 1);
        var soon = Instant.parse("2026-11-22T12:00:00Z");
        Map<String, RecordingEvent.OfRecording> told = Map.of("started", new RecordingEvent.Started(state), "stopped",
                new RecordingEvent.Stopped(state),
                "completed", new RecordingEvent.Completed(state), "failed", new RecordingEvent.Failed(state),
                "changed", new RecordingEvent.Changed(state), "present", new RecordingEvent.Announced(state),
                "limit_nears", new RecordingEvent.LimitNears(state, soon),
                "expiry_nears", new RecordingEvent.ExpiryNears(state, soon),
                "deleted", new RecordingEvent.Deleted(States.deleted(session, recording, 1)));
        assertThat(told.values().stream().map(Object::getClass).distinct())
                .hasSameSizeAs(RecordingEvent.OfRecording.class.getPermittedSubclasses());
        try (var reader = StreamReader.open(Tokens.of(host))) {
            told.values().forEach(Gateway.processor()::publish);
            await().atMost(StreamReader.LIMIT).until(() -> reader.events().size() == told.size());
            assertThat(reader.data()).extracting(data -> data.path("type").asString())
                    .containsExactlyInAnyOrderElementsOf(told.keySet());
            assertThat(reader.data()).filteredOn(data -> data.has("stops_at") || data.has("expires_at"))
                    .extracting(data -> data.path("type").asString())
                    .containsExactlyInAnyOrder("limit_nears", "expiry_nears");
        }
    }

    @Test
    void anAnonymousSignInHearsOnlyOfWhatItTakesPartIn() {
        var anothers = Gateway.app().session("Another's", UUID.randomUUID(), host);
        try (var atHost = StreamReader.open(Tokens.of(host));
                var anonymous = StreamReader.open(Tokens.anonymous(host))) {
            Gateway.processor().publish(new RecordingEvent.Started(States.recording(session, recording, 1)));
            await().atMost(StreamReader.LIMIT).until(() -> atHost.events().size() == 1);
            Gateway.processor().publish(new RecordingEvent.Started(States.recording(anothers, UUID.randomUUID(), 1)));
            await().atMost(StreamReader.LIMIT)
                    .until(() -> atHost.events().size() == 2 && !anonymous.events().isEmpty());
            assertThat(anonymous.data()).extracting(data -> data.at("/recording/session_id").asString())
                    .containsExactly(anothers.toString());
        }
    }

    @Test
    void nobodyElseHearsOfIt() {
        var former = UUID.randomUUID();
        Gateway.app().update("INSERT INTO public.session_participants (session_id, user_id) VALUES (?, ?)", session,
                former);
        Gateway.app().update("DELETE FROM public.session_participants WHERE user_id = ?", former);
        var theirOwn = Gateway.app().session("Of strangers", former);
        try (var stranger = StreamReader.open(Tokens.of(former))) {
            Gateway.processor().publish(new RecordingEvent.Started(States.recording(session, recording, 1)));
            Gateway.processor().publish(new RecordingEvent.Started(States.recording(theirOwn, recording, 2)));
            await().atMost(StreamReader.LIMIT).until(() -> !stranger.events().isEmpty());
            assertThat(stranger.data()).singleElement()
                    .satisfies(data -> assertThat(data.at("/recording/session_id").asString())
                            .isEqualTo(theirOwn.toString()));
        }
    }

    @Test
    void anOlderRevisionIsDropped() {
        try (var reader = StreamReader.open(Tokens.of(host))) {
            Gateway.processor().publish(new RecordingEvent.Changed(States.recording(session, recording, 5)));
            await().atMost(StreamReader.LIMIT).until(() -> reader.events().size() == 1);
            Gateway.processor().publish(new RecordingEvent.Changed(States.recording(session, recording, 4)));
            Gateway.processor().publish(new RecordingEvent.Deleted(States.deleted(session, recording, 6)));
            await().atMost(StreamReader.LIMIT).until(() -> reader.events().size() == 2);
            assertThat(reader.data().getLast()).isEqualTo(json("""
                    {"type": "deleted",
                     "recording": {"id": "%s", "session_id": "%s", "revision": 6, "deleted": true}}"""
                    .formatted(recording, session)));
        }
    }

    @Test
    void theAnswerToACommandIsNobodyElsesBusiness() {
        try (var reader = StreamReader.open(Tokens.of(host))) {
            Gateway.processor().publish(new RecordingEvent.CommandAnswered(new CommandId(UUID.randomUUID()),
                    new SessionId(session), new RecordingId(recording), new RecordingEvent.Answer.Done(),
                    States.recording(session, recording, 1)));
            Gateway.processor().publish(new RecordingEvent.Announced(States.recording(session, recording, 1)));
            await().atMost(StreamReader.LIMIT).until(() -> !reader.events().isEmpty());
            assertThat(reader.data()).singleElement()
                    .satisfies(data -> assertThat(data.path("type").asString()).isEqualTo("present"));
        }
    }

    @Test
    void whoComesBackIsToldHowEverythingIsThatHasChanged() {
        var changed = Gateway.app().recording(session, "processing");
        var kept = Gateway.app().recording(session, "completed");
        var untouched = Gateway.app().recording(session, "completed");
        var deleted = Gateway.app().recording(session, "completed");
        var anothers = Gateway.app().recording(Gateway.app().session("Another's", UUID.randomUUID()), "completed");
        changedAt(changed, "-30 seconds");
        changedAt(kept, "-1 day");
        changedAt(untouched, "-1 day");
        Gateway.app().progress(kept, "verified", null, null, "0");
        Gateway.app().update("UPDATE kulti_recording.recording_progress SET kept = true, applied_at = now()"
                + " WHERE recording_id = ?", kept);
        Gateway.app().update("DELETE FROM public.recordings WHERE id = ?", deleted);

        try (var reader = StreamReader.backAt(Instant.now().toString(), Tokens.of(participant))) {
            assertThat(reader.data()).allSatisfy(data -> assertThat(data.path("type").asString()).isEqualTo("present"));
            assertThat(reader.data().stream().map(data -> data.at("/recording/id").asString()))
                    .containsExactlyInAnyOrder(changed.toString(), kept.toString(), deleted.toString())
                    .doesNotContain(anothers.toString());
            assertThat(reader.data()).contains(json("""
                    {"type": "present",
                     "recording": {"id": "%s", "session_id": "%s", "revision": 0, "deleted": true}}"""
                    .formatted(deleted, session)));
            assertThat(reader.data()).filteredOn(data -> data.at("/recording/id").asString().equals(kept.toString()))
                    .singleElement().satisfies(data -> {
                        assertThat(data.at("/recording/kept").asBoolean()).isTrue();
                        assertThat(data.at("/recording/revision").asInt()).isEqualTo(7);
                        assertThat(data.at("/recording/status").asString()).isEqualTo("completed");
                        assertThat(data.at("/recording/duration").asInt()).isEqualTo(5400);
                    });
            assertThat(reader.events()).allSatisfy(event -> assertThat(event.id())
                    .as("no position before all is told").isNull());
        }
    }

    @Test
    void howManyWereMissedDoesNotMatter() {
        var missed = new ArrayList<String>();
        for (int i = 0; i < 401; i++) {
            missed.add(UUID.randomUUID().toString());
        }
        Gateway.app().update("INSERT INTO public.recordings (id, session_id, hms_recording_id, status)"
                + " SELECT id::uuid, ?, id, 'completed' FROM unnest(string_to_array(?, ',')) AS id", session,
                String.join(",", missed));
        try (var reader = StreamReader.backAt("2026-01-01T00:00:00Z", Tokens.of(host))) {
            assertThat(reader.data().stream().map(data -> data.at("/recording/id").asString()))
                    .containsExactlyInAnyOrderElementsOf(missed);
        }
    }

    private static void changedAt(UUID recording, String ago) {
        Gateway.app().update("ALTER TABLE public.recordings DISABLE TRIGGER touch_updated_at");
        Gateway.app().update("UPDATE public.recordings SET updated_at = now() + ?::interval WHERE id = ?", ago,
                recording);
        Gateway.app().update("ALTER TABLE public.recordings ENABLE TRIGGER touch_updated_at");
    }

    @Test
    void itEndsWithItsToken() {
        var token = Tokens.of(host,
                claims -> claims.expirationTime(Date.from(Instant.now().plusSeconds(3))));
        try (var reader = StreamReader.open(token)) {
            assertThat(reader.hasEnded()).isFalse();
            await().atMost(StreamReader.LIMIT).until(reader::hasEnded);
        }
    }

    @Test
    void whoGoesAwayLeavesNothingBehind() {
        var before = streams.open();
        try (var _ = StreamReader.open(Tokens.of(host)); var _ = StreamReader.open(Tokens.of(participant))) {
            assertThat(streams.open()).isEqualTo(before + 2);
        }
        await().atMost(StreamReader.LIMIT).until(() -> streams.open() == before);
        assertThat(streams.isAnyOpenFor(new Audience(new UserId(host), Set.of(new UserId(participant))))).isFalse();
    }

    @Test
    void whoDoesNotReadIsDropped() throws IOException {
        var user = new Audience(new UserId(host), Set.of());
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), Gateway.shared().port()));
            socket.getOutputStream().write("""
                    GET /api/recordings/events HTTP/1.1\r
                    Host: kulti\r
                    Authorization: Bearer %s\r
                    \r
                    """.formatted(Tokens.of(host)).getBytes(StandardCharsets.US_ASCII));
            await().atMost(StreamReader.LIMIT).until(() -> streams.isAnyOpenFor(user));

            var large = new Frame(ByteBuffer.wrap((": " + "x".repeat(100_000) + "\n\n")
                    .getBytes(StandardCharsets.US_ASCII)), null);
            await().atMost(StreamReader.LIMIT).until(() -> {
                for (int i = 0; i < LiveStream.ROOM / 2; i++) {
                    streams.offer(user, large);
                }
                return !streams.isAnyOpenFor(user);
            });
            socket.setSoTimeout((int) StreamReader.LIMIT.toMillis());
            assertThat(readToItsEnd(socket)).as("what was sent before, and no end of the stream").isPositive();
        }
    }

    /** However the connection ends. */
    private static long readToItsEnd(Socket socket) {
        long read = 0;
        try {
            var buffer = new byte[64 * 1024];
            for (int count = 0; count >= 0; count = socket.getInputStream().read(buffer)) {
                read += count;
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("reset");
        }
        return read;
    }

    @Test
    void oneUserMayHaveOnlySoManyOpen() {
        var readers = new ArrayList<StreamReader>();
        try {
            for (int i = 0; i < 20; i++) {
                readers.add(StreamReader.open(Tokens.of(host)));
            }
            Gateway.shared().as(Tokens.of(host)).get().uri("/api/recordings/events").exchange()
                    .expectStatus().isEqualTo(429).expectHeader().exists("Retry-After")
                    .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .expectBody().jsonPath("$.type").isEqualTo("https://kulti.app/problems/too-many-requests");
        } finally {
            readers.forEach(StreamReader::close);
        }
    }

    @Test
    void aTokenInTheAddressIsRefused() {
        Gateway.shared().http().get().uri("/api/recordings/events?access_token=" + Tokens.of(host)).exchange()
                .expectStatus().isUnauthorized();
        Gateway.shared().as(Tokens.of(host)).get()
                .uri("/api/recordings/events?access_token=" + Tokens.of(host)).exchange()
                .expectStatus().isBadRequest().expectBody().jsonPath("$.field").isEqualTo("access_token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "yesterday", "2026-13-01T00:00:00Z", "2026-01-01T00:00:00", "' OR 1=1"})
    void aPositionThatIsNoneIsNamed(String lastEventId) {
        Gateway.shared().as(Tokens.of(host)).get().uri("/api/recordings/events").header("Last-Event-ID", lastEventId)
                .exchange().expectStatus().isBadRequest().expectBody().jsonPath("$.field").isEqualTo("Last-Event-ID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1000000000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59.999999999Z", ""})
    void anyTimeIsAPosition(String lastEventId) {
        try (var reader = StreamReader.backAt(lastEventId, Tokens.of(host))) {
            assertThat(reader.events()).isEmpty();
        }
    }

    @Test
    void onlyAnEventStreamIsToBeHad() {
        Gateway.shared().as(Tokens.of(host)).get().uri("/api/recordings/events").accept(MediaType.APPLICATION_JSON)
                .exchange().expectStatus().isEqualTo(406)
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON);
        Gateway.shared().as(Tokens.of(host)).method(HttpMethod.HEAD).uri("/api/recordings/events").exchange()
                .expectStatus().isOk().expectHeader().contentType(MediaType.TEXT_EVENT_STREAM)
                .expectHeader().valueEquals("Cache-Control", "private, no-store");
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text);
    }
}
