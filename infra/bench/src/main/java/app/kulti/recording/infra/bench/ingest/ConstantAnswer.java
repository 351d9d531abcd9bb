package app.kulti.recording.infra.bench.ingest;

import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;

/**
 * The peer: a WebFlux handler that reads the same body as bytes and does nothing with it, on Reactor Netty as Boot's starter brings
 * it, which is on epoll.
 */
final class ConstantAnswer {
    private static final String RECEIVED = "{\"received\":true}";

    private ConstantAnswer() {}

    /** Answers on the port that is the only argument, until it is asked to end. */
    public static void main(String[] arguments) {
        var routes = RouterFunctions.route().POST("/api/webhooks/hms", ConstantAnswer::receive).build();
        HttpServer.create().host("127.0.0.1").port(Integer.parseInt(arguments[0]))
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes))).bindNow().onDispose()
                .block();
    }

    private static Mono<ServerResponse> receive(ServerRequest request) {
        return request.bodyToMono(byte[].class)
                .flatMap(_ -> ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(RECEIVED));
    }
}
