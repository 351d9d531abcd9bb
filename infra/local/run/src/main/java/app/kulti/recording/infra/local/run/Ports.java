package app.kulti.recording.infra.local.run;

import app.kulti.recording.infra.local.Port;
import java.net.URI;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Who listens where. */
public final class Ports {
    /** Everything that listens, with the port that a person finds it at. */
    public enum Listener {
        GATEWAY("API gateway", 8080), INGEST("Webhook ingest", 8081), PROCESSOR("Recording processor", 8082), MIRROR(
                "Storage mirror", 8083), GATEWAY_MANAGEMENT("API gateway's management", 9080), INGEST_MANAGEMENT(
                        "Webhook ingest's management",
                        9081), PROCESSOR_MANAGEMENT("Recording processor's management", 9082), MIRROR_MANAGEMENT(
                                "Storage mirror's management", 9083), KAFKA("Kafka", 9092), POSTGRES("PostgreSQL",
                                        5433), S3("S3", 9000), HMS("100ms simulator", 8090);

        private final String title;
        private final int usual;

        Listener(String title, int usual) {
            this.title = title;
            this.usual = usual;
        }

        /** The setting that moves it: {@code port.gateway-management}. */
        public String setting() {
            return "port." + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Map<Listener, Port> ports;

    private Ports(Function<Listener, Port> choice) {
        this.ports = new EnumMap<>(Listener.class);
        for (var listener : Listener.values()) {
            ports.put(listener, choice.apply(listener));
        }
    }

    /** The usual ports, but where {@code settings} (by {@link Listener#setting()}) says another number; 0 takes any. */
    public static Ports usual(Map<String, Integer> settings) {
        return new Ports(listener -> Port.of(listener.title, settings.getOrDefault(listener.setting(), listener.usual),
                "-D" + listener.setting()));
    }

    /** Ports that are free now, for tests. */
    public static Ports any() {
        var taken = new HashSet<Integer>();
        return new Ports(listener -> Stream.generate(() -> Port.any(listener.title))
                .filter(port -> taken.add(port.number())).findFirst().orElseThrow());
    }

    /** Whose port it is and which. */
    public Port of(Listener listener) {
        var port = ports.get(listener);
        if (port == null) {
            throw new IllegalArgumentException("no port for " + listener);
        }
        return port;
    }

    /** Its number. */
    public int number(Listener listener) {
        return of(listener).number();
    }

    /** Where requests over HTTP go. */
    URI url(Listener listener) {
        return URI.create("http://localhost:" + number(listener));
    }

    /** Insists, before anything is started, that all of them are free; the message names the first that is not. */
    void requireFree() {
        ports.values().forEach(Port::requireFree);
    }
}
