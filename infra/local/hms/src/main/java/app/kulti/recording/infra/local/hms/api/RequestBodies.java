package app.kulti.recording.infra.local.hms.api;

import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what callers send; what is no JSON object is refused in 100ms's words. */
final class RequestBodies {
    private final JsonMapper json;

    RequestBodies(JsonMapper json) {
        this.json = json;
    }

    Mono<JsonNode> of(ServerRequest request) {
        return request.bodyToMono(byte[].class).defaultIfEmpty(new byte[0]).map(bytes -> {
            if (bytes.length == 0) {
                throw new Refusal(400, "request body must not be empty");
            }
            try {
                JsonNode node = json.readTree(bytes);
                if (!node.isObject()) {
                    throw Refusal.badInput();
                }
                return node;
            } catch (JacksonException e) {
                long position = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
                throw new Refusal(400, "request body contains badly-formed JSON (at position %d)".formatted(position));
            }
        });
    }
}
