package app.kulti.recording.infra.local.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Somebody who calls over HTTP: a host, a participant, or, without a token, a stranger. Redirects are shown, not followed. */
public final class Caller {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();

    private final URI base;
    private final @Nullable String token;

    /** Calls {@code base} with {@code token}, or with none. */
    public Caller(URI base, @Nullable String token) {
        this.base = base;
        this.token = token;
    }

    /** An answer: its status, and its body as JSON where it is some. */
    public record Answer(int status, JsonNode json, HttpResponse<byte[]> raw) {
        /** A string of the body, by JSON pointer; empty where there is none. */
        public String text(String pointer) {
            return json.at(pointer).asString("");
        }
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    public Answer post(String path, String json, String... headers) {
        return send(request(path, headers).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer put(String path, String json) {
        return send(request(path).header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(LIMIT);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    private static Answer send(HttpRequest.Builder builder) {
        var request = builder.build();
        try {
            var response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
            var isJson = response.headers().firstValue("Content-Type").filter(type -> type.contains("json"))
                    .isPresent();
            return new Answer(response.statusCode(),
                    isJson ? JSON.readTree(response.body()) : MissingNode.getInstance(), response);
        } catch (IOException e) {
            throw new IllegalStateException("%s %s: %s".formatted(request.method(), request.uri().getPath(), e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + request.uri().getPath(), e);
        }
    }
}
