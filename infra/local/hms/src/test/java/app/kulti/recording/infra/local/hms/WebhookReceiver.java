package app.kulti.recording.infra.local.hms;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The customer's server: takes webhooks and answers 200, or what a test told it to answer for a room. */
final class WebhookReceiver implements AutoCloseable {
    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Map<String, Queue<Integer>> answersByRoom = new ConcurrentHashMap<>();

    /** One webhook as it came in. */
    record Received(Headers headers, String body) {
        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        String type() {
            return json().path("type").stringValue();
        }

        JsonNode data() {
            return json().path("data");
        }

        String roomId() {
            return data().path("room_id").stringValue();
        }
    }

    WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Received one = new Received(exchange.getRequestHeaders(), body);
            received.add(one);
            Queue<Integer> answers = answersByRoom.getOrDefault(one.roomId(), new ArrayDeque<>());
            Integer status;
            synchronized (answers) {
                status = answers.poll();
            }
            exchange.sendResponseHeaders(status == null ? 200 : status, -1);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/webhooks/hms");
    }

    /** The next webhooks of a room get these answers, later ones 200. */
    void answer(String roomId, Integer... statuses) {
        answersByRoom.put(roomId, new ArrayDeque<>(List.of(statuses)));
    }

    List<Received> of(String roomId) {
        return received.stream().filter(one -> one.roomId().equals(roomId)).toList();
    }

    List<String> typesOf(String roomId) {
        return of(roomId).stream().map(Received::type).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
