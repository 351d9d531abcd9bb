package app.kulti.recording.infra.ops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Somebody who answers over HTTP what a test wants him to, by path; 404 to anything else. */
final class Neighbour implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    /** A status, and what becomes of the request's body. */
    private record Answer(int status, UnaryOperator<String> body) {}

    Neighbour() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var answer = answers.getOrDefault(exchange.getRequestURI().getPath(), new Answer(404, _ -> "{}"));
            var body = answer.body().apply(asked).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    Neighbour says(String path, int status, String body) {
        return says(path, status, _ -> body);
    }

    /** Says what becomes of the request's body. */
    Neighbour says(String path, int status, UnaryOperator<String> body) {
        answers.put(path, new Answer(status, body));
        return this;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
