package app.kulti.recording.processor.ops;

import app.kulti.recording.processor.advance.PreviewWebhooks;
import app.kulti.recording.processor.ops.RawWebhooks.Malformed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code POST /ops/preview}. Known to the management port's own context only, so that the other port does not have it. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
public class OpsRoutes {
    private static final int LARGEST_BODY = 8 * 1024 * 1024;
    private static final int MOST_WEBHOOKS = 5_000;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Bean
    RouterFunction<ServerResponse> operatorsRoutes(PreviewWebhooks preview, InstantSource clock) {
        return RouterFunctions.route().POST("/ops/preview", request -> preview(request, preview, clock)).build();
    }

    private static Mono<ServerResponse> preview(ServerRequest request, PreviewWebhooks preview, InstantSource clock) {
        return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), LARGEST_BODY).map(buffer -> {
            var text = buffer.toString(StandardCharsets.UTF_8);
            DataBufferUtils.release(buffer);
            return RawWebhooks.read(text, clock.instant(), MOST_WEBHOOKS);
        }).flatMap(preview::of).timeout(LIMIT).flatMap(OpsRoutes::ok)
                .switchIfEmpty(Mono.defer(() -> refused(HttpStatus.BAD_REQUEST, "the body is empty")))
                .onErrorResume(Malformed.class, e -> refused(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage())))
                .onErrorResume(DataBufferLimitException.class, _ -> refused(HttpStatus.CONTENT_TOO_LARGE,
                        "the body has more than 8 MiB; send the webhooks in parts"));
    }

    private static Mono<ServerResponse> ok(Object answer) {
        return ServerResponse.ok().bodyValue(answer);
    }

    private static Mono<ServerResponse> refused(HttpStatus status, String error) {
        return ServerResponse.status(status).bodyValue(Map.of("error", error));
    }
}
