package app.kulti.recording.processor.hms;

import static java.util.Objects.requireNonNullElse;

import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableChannel;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** A server that answers what a test tells it to, in turn and then the last for ever, and remembers what it was asked. */
final class ScriptedHms implements AutoCloseable {
    private static final Answer NO_SUCH_CALL = json(418, "{\"message\":\"the test did not expect this call\"}");

    private final Map<String, Deque<Answer>> scripts = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final DisposableServer server = HttpServer.create().host("127.0.0.1").port(0).handle(this::handle)
            .bindNow();

    /** What a request was. */
    record Asked(String method, String uri, String authorization, String body, Instant at) {
        String call() {
            return method + " " + uri;
        }
    }

    /** How to answer. */
    interface Answer {
        Publisher<Void> give(HttpServerResponse response);

        /** The same, later. */
        default Answer after(Duration pause) {
            return response -> Mono.delay(pause).thenMany(Mono.from(give(response)));
        }
    }

    /** Where the client finds it. */
    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + ((InetSocketAddress) server.address()).getPort() + "/v2");
    }

    /** @param call method and path, without query */
    ScriptedHms on(String call, Answer... answers) {
        scripts.put(call, new ArrayDeque<>(List.of(answers)));
        return this;
    }

    List<Asked> asked() {
        return asked;
    }

    static Answer json(int status, String body, String... headers) {
        return answer(status, "application/json", body, headers);
    }

    static Answer answer(int status, String type, String body, String... headers) {
        return response -> {
            response.status(status).header("Content-Type", type);
            for (int i = 0; i < headers.length; i += 2) {
                response.header(headers[i], headers[i + 1]);
            }
            return response.sendString(Mono.just(body)).then();
        };
    }

    /** Reads the request and never answers. */
    static Answer silence() {
        return _ -> Mono.never();
    }

    /** Reads the request and closes the connection. */
    static Answer hangUp() {
        return response -> {
            response.withConnection(DisposableChannel::dispose);
            return Mono.never();
        };
    }

    /** Reads the request and breaks the connection off, as a crash does. */
    static Answer reset() {
        return response -> {
            response.withConnection(connection -> {
                connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
                connection.dispose();
            });
            return Mono.never();
        };
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        return request.receive().aggregate().asString().defaultIfEmpty("").flatMap(body -> {
            asked.add(new Asked(request.method().name(), request.uri(),
                    requireNonNullElse(request.requestHeaders().get("Authorization"), ""), body, Instant.now()));
            return Mono.from(next(request.method().name() + " " + request.fullPath()).give(response));
        });
    }

    private Answer next(String call) {
        var script = scripts.get(call);
        if (script == null) {
            return NO_SUCH_CALL;
        }
        synchronized (script) {
            return script.size() > 1 ? script.remove() : script.element();
        }
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(2));
    }
}
