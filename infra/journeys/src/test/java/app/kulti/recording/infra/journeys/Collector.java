package app.kulti.recording.infra.journeys;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Where the services send their spans, as OTLP over HTTP. */
final class Collector {
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    private Collector(HttpServer server) {
        this.server = server;
    }

    static Collector open() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var collector = new Collector(server);
        server.createContext("/v1/traces", collector::take);
        server.start();
        return collector;
    }

    String endpoint() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** All that have come so far. */
    List<Seen> all() {
        return List.copyOf(seen);
    }

    /** The first that is so; they come in batches, shortly after they have ended. */
    Seen await(String what, Predicate<Seen> isSo) {
        return Awaitility.await(what).atMost(Stage.LIMIT)
                .until(() -> seen.stream().filter(isSo).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    /** From the root of its trace down to {@code span}. */
    List<Seen> wayTo(Seen span) {
        var way = new ArrayList<Seen>();
        for (var one = Optional.of(span); one.isPresent(); one = parentOf(one.get())) {
            way.addFirst(one.get());
        }
        return way;
    }

    private Optional<Seen> parentOf(Seen span) {
        return span.parent().isEmpty()
                ? Optional.empty()
                : Optional.of(await("the parent of " + span, one -> one.id().equals(span.parent())));
    }

    private void take(HttpExchange exchange) {
        try (exchange; var body = exchange.getRequestBody()) {
            for (var resource : ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
                var service = text(resource.getResource().getAttributesList()).get("service.name");
                resource.getScopeSpansList().stream().flatMap(scope -> scope.getSpansList().stream())
                        .forEach(span -> seen.add(Seen.of(service, span)));
            }
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> text(List<KeyValue> attributes) {
        return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, attribute -> {
            var value = attribute.getValue();
            return value.hasStringValue() ? value.getStringValue() : value.toString();
        }));
    }

    /**
     * A span.
     *
     * @param links the spans of other traces that it names
     * @param told  all the text that is in it
     */
    record Seen(String service, String name, String trace, String id, String parent, Map<String, String> attributes,
            List<String> links, String told) {
        private static Seen of(String service, Span span) {
            return new Seen(service, span.getName(), hex(span.getTraceId()), hex(span.getSpanId()),
                    hex(span.getParentSpanId()), text(span.getAttributesList()),
                    span.getLinksList().stream().map(link -> hex(link.getSpanId())).toList(),
                    Stream.concat(Stream.of(text(span.getAttributesList())),
                            span.getEventsList().stream().map(event -> text(event.getAttributesList())))
                            .map(Map::toString)
                            .collect(Collectors.joining(" ", span.getName() + " ", span.getStatus().getMessage())));
        }

        private static String hex(ByteString bytes) {
            return HexFormat.of().formatHex(bytes.toByteArray());
        }

        boolean is(String theService, String theName) {
            return service.equals(theService) && name.equals(theName);
        }

        boolean isAbout(String recording) {
            return recording.equals(attributes.get("recording.id"));
        }

        @Override
        public String toString() {
            return service + ": " + name;
        }
    }
}
