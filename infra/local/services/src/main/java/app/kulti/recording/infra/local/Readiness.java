package app.kulti.recording.infra.local;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** How to tell that a program that was just started can be used. It is asked again and again until it says yes. */
@FunctionalInterface
public interface Readiness {

    /**
     * Whether it can be used now.
     *
     * @throws IOException which counts as "not yet"
     */
    boolean isReady(LocalProcess process) throws IOException;

    /** Ready as soon as it runs. */
    static Readiness atOnce() {
        return _ -> true;
    }

    /** Ready when a GET of this address answers 2xx, as Spring's {@code /actuator/health/readiness} does. */
    static Readiness http(URI uri) {
        return _ -> {
            var connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            try {
                return connection.getResponseCode() / 100 == 2;
            } finally {
                connection.disconnect();
            }
        };
    }

    /** Ready when something accepts connections on this port of loopback. */
    static Readiness port(int port) {
        return _ -> {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                return true;
            }
        };
    }

    /** Ready when its log, since this start, contains the text. */
    static Readiness logged(String text) {
        return process -> process.logSinceStart().contains(text);
    }
}
