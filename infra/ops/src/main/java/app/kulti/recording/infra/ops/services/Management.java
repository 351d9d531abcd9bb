package app.kulti.recording.infra.ops.services;

import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.infra.ops.Answer;
import app.kulti.recording.infra.ops.OpsSettings;
import app.kulti.recording.infra.ops.Told;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The management ports of the services. */
public final class Management {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(40);

    private final OpsSettings settings;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1).build();

    public Management(OpsSettings settings) {
        this.settings = settings;
    }

    /** The status and body of an answer. */
    record Said(int status, String body) {
        JsonNode json() {
            try {
                return Answer.mapper().readTree(body);
            } catch (JacksonException _) {
                return Answer.mapper().missingNode();
            }
        }
    }

    /**
     * Posts to a service.
     *
     * @throws Told when it does not answer
     */
    Said post(ServiceName service, String path, String type, String body) {
        return send(service, HttpRequest.newBuilder(settings.management(service).resolve(path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8)));
    }

    Said get(ServiceName service, String path) {
        return send(service, HttpRequest.newBuilder(settings.management(service).resolve(path)));
    }

    private Said send(ServiceName service, HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.timeout(ANSWER).build(), BodyHandlers.ofString());
            return new Said(response.statusCode(), response.body());
        } catch (IOException e) {
            throw Told.unreachable("The %s does not answer at %s (%s). Is it up, and is KULTI_OPS_%s right?".formatted(
                    service.wireName(), settings.management(service), e.getClass().getSimpleName(), service), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Told.unreachable("Interrupted while asking the %s.".formatted(service.wireName()), e);
        }
    }
}
