package app.kulti.recording.infra.local.hms;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A simulator on a free port, quick by default, and the calls that tests make of it. */
final class RunningSimulator implements AutoCloseable {
    static final String ACCESS_KEY = "test-access-key";
    static final String APP_SECRET = "test-app-secret-of-more-than-32-bytes";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    private final URI base;

    /** An answer with its JSON read. */
    record Answer(int status, JsonNode json, HttpResponse<byte[]> response) {}

    RunningSimulator(Path data, String... settings) {
        Stream<String> quick = Stream.of("server.port=0", "kulti.simulator.data=" + data,
                "kulti.simulator.access-key=" + ACCESS_KEY, "kulti.simulator.app-secret=" + APP_SECRET,
                "kulti.simulator.timing.start=20ms", "kulti.simulator.timing.stop=20ms",
                "kulti.simulator.timing.processing=20ms", "kulti.simulator.timing.minimum=0",
                "kulti.simulator.picture.width=160", "kulti.simulator.picture.height=90",
                "kulti.simulator.picture.fps=2",
                "kulti.simulator.webhook.retries=20ms,30ms,40ms");
        Map<String, String> arguments = new LinkedHashMap<>();
        Stream.concat(quick, Stream.of(settings)).map(setting -> setting.split("=", 2))
                .forEach(setting -> arguments.put(setting[0], setting[1]));
        context = new SpringApplicationBuilder(HmsSimulatorApplication.class).run(arguments.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue()).toArray(String[]::new));
        base = context.getBean(PublicAddress.class).get();
    }

    static String token() {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder().claim("access_key", ACCESS_KEY).claim("type", "management")
                .claim("version", 2).jwtID(UUID.randomUUID().toString()).issueTime(Date.from(now.minusSeconds(60)))
                .notBeforeTime(Date.from(now.minusSeconds(60))).expirationTime(Date.from(now.plusSeconds(3600)))
                .build();
        try {
            SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            token.sign(new MACSigner(APP_SECRET));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer get(String path) {
        return call("GET", path, "", "Authorization", "Bearer " + token());
    }

    Answer post(String path, String body) {
        return call("POST", path, body, "Authorization", "Bearer " + token());
    }

    Answer call(String method, String path, String body, String... headers) {
        HttpResponse<byte[]> response = send(method, base.resolve(path), body, headers);
        String type = response.headers().firstValue("Content-Type").orElse("");
        JsonNode json = JsonMapper.shared().missingNode();
        return new Answer(response.statusCode(),
                type.startsWith("application/json") ? JsonMapper.shared().readTree(response.body()) : json, response);
    }

    HttpResponse<byte[]> fetch(String url, String... headers) {
        return send("GET", URI.create(url), "", headers);
    }

    HttpResponse<byte[]> send(String method, URI url, String body, String... headers) {
        try {
            return sendOrFail(method, url, body, headers);
        } catch (IOException e) {
            throw new AssertionError(method + " " + url.getPath() + " broke off", e);
        }
    }

    HttpResponse<byte[]> sendOrFail(String method, URI url, String body, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(20)).method(method,
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A room of its own, told apart by its id; the text is JSON fields after the name, or empty. */
    String room(String fields) {
        Answer made = call("POST", "/_simulator/rooms", "{\"name\":\"Weekly planning\"%s}".formatted(fields));
        return made.json().path("id").stringValue();
    }

    String room() {
        return room("");
    }

    String start(String roomId) {
        return post("/v2/recordings/room/" + roomId + "/start", "{}").json().path("id").stringValue();
    }

    String stop(String roomId) {
        return post("/v2/recordings/room/" + roomId + "/stop", "").json().path("data").path(0).path("id").stringValue();
    }

    String status(String recordingId) {
        return get("/v2/recordings/" + recordingId).json().path("status").stringValue();
    }

    /** A finished recording as the control API sees it; the text is JSON, e.g. {@code {"seconds":2}}. */
    JsonNode finished(String roomId, String filing) {
        return call("POST", "/_simulator/rooms/" + roomId + "/recordings", filing).json().path(0);
    }

    /** A finished recording's file: url, size, hashes. */
    JsonNode file(String recordingId) {
        return call("GET", "/_simulator/recordings/" + recordingId + "/file", "").json();
    }

    /** Sets faults beside those of other tests; the text is JSON. */
    void fault(String faults) {
        Answer answer = call("POST", "/_simulator/faults", faults);
        if (answer.status() != 200) {
            throw new AssertionError("the fault was refused: " + answer.json());
        }
    }

    List<JsonNode> deliveries(String roomId) {
        return call("GET", "/_simulator/webhooks?roomId=" + roomId, "").json().valueStream().toList();
    }

    @Override
    public void close() {
        http.close();
        context.close();
    }
}
