package app.kulti.recording.infra.local.run;

import static org.awaitility.Awaitility.await;

import app.kulti.recording.infra.local.run.Caller.Answer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** One recording, from the host's click to the film that a signed URL plays; as the frontend and 100ms would have it. */
final class Demo {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration FILM = Duration.ofSeconds(4);
    private static final Duration TOKENS_LAST = Duration.ofDays(30);
    private static final String TITLE = "Team weekly";

    private final LocalSystem system;
    private final Clock clock;
    private final Consumer<String> told;

    Demo(LocalSystem system, Clock clock, Consumer<String> told) {
        this.system = system;
        this.clock = clock;
        this.told = told;
    }

    /**
     * Where a person can go on from here.
     *
     * @param playbackUrl signed, works for some hours
     */
    record Outcome(UUID session, String room, String recording, String hostToken, String participantToken,
            String playbackUrl) {}

    /** Plays it; throws when a step does not do what it should. */
    Outcome play() {
        var host = UUID.randomUUID();
        var participant = UUID.randomUUID();
        var hostToken = token(host);
        var participantToken = token(participant);
        var frontend = new Caller(system.gateway(), hostToken);
        var watcher = new Caller(system.gateway(), participantToken);
        var hms = new Caller(system.hms(), null);

        var room = expect(200, hms.post("/_simulator/rooms", "{\"name\":\"%s\"}".formatted(TITLE))).text("/id");
        var session = system.app().session(TITLE, host, room, List.of(participant));
        told.accept("\"%s\" is live in 100ms room %s, with a host and a participant".formatted(TITLE, room));

        var started = expect(200, frontend.post("/api/hms/start-recording",
                "{\"sessionId\":\"%s\",\"roomId\":\"%s\"}".formatted(session, room)));
        var recording = started.text("/recording/id");
        told.accept("The host starts: recording %s is %s".formatted(recording, started.text("/recording/status")));

        await().atMost(LIMIT).until(() -> "running".equals(statusAtHms(hms, room)));
        expect(200, watcher.get("/api/recordings/active?sessionId=" + session));
        told.accept("100ms records, and the participant sees it; the film runs for %d s".formatted(FILM.toSeconds()));
        var filmed = clock.instant().plus(FILM);
        await().atMost(LIMIT).until(() -> !clock.instant().isBefore(filmed));

        var stopped = expect(200, frontend.post("/api/hms/stop-recording",
                "{\"sessionId\":\"%s\"}".formatted(session)));
        told.accept("The host stops: it is %s".formatted(stopped.text("/recording/status")));

        await().atMost(LIMIT).until(() -> !"processing".equals(read(frontend, recording).text("/recording/status")));
        var completed = read(frontend, recording);
        if (!"completed".equals(completed.text("/recording/status"))) {
            throw new IllegalStateException("it did not complete: " + completed.json());
        }
        told.accept("100ms has its file: it is completed, %s s long".formatted(
                completed.json().at("/recording/duration").asString("?")));

        await().atMost(LIMIT).until(() -> "supabase".equals(
                read(frontend, recording).text("/recording/metadata/storage")));
        told.accept("It is mirrored: %s bytes in S3".formatted(
                read(frontend, recording).json().at("/recording/metadata/size").asString("?")));

        var playback = expect(200, watcher.get("/api/recordings/%s/playback".formatted(recording), "Accept",
                "application/json")).text("/url");
        var film = new Caller(system.gateway(), null).get(playback);
        var hmsRecording = expect(200, hms.get("/_simulator/rooms/" + room)).text("/recordings/0/id");
        var source = expect(200, hms.get("/_simulator/recordings/%s/file".formatted(hmsRecording))).text("/sha256");
        if (!source.equals(sha256(expect(200, film).raw().body()))) {
            throw new IllegalStateException("the film that plays is not the one that was recorded");
        }
        told.accept("The participant plays it from the signed URL: byte for byte what 100ms recorded");
        return new Outcome(session, room, recording, hostToken, participantToken, playback);
    }

    private String token(UUID user) {
        return Credentials.token(user, clock.instant(), clock.instant().plus(TOKENS_LAST));
    }

    private static Answer read(Caller caller, String recording) {
        return expect(200, caller.get("/api/recordings/" + recording));
    }

    private static String statusAtHms(Caller hms, String room) {
        return expect(200, hms.get("/_simulator/rooms/" + room)).text("/recordings/0/status");
    }

    private static Answer expect(int status, Answer answer) {
        if (answer.status() != status) {
            throw new IllegalStateException("%s %s answered %d instead of %d: %s".formatted(
                    answer.raw().request().method(), answer.raw().request().uri().getPath(), answer.status(), status,
                    answer.json()));
        }
        return answer;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
