package app.kulti.recording.infra.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A TCP port on loopback with what a person needs when it is taken.
 *
 * @param name whose port it is, as in a message: "Kafka"
 * @param number the port
 * @param setting the setting that moves it, as in a message: "KULTI_LOCAL_KAFKA_PORT"; null when it was chosen by
 * itself and may move
 */
public record Port(String name, int number, @Nullable String setting) {

    // Below the ranges that Linux (from 32768) and macOS (from 49152) take for outgoing connections: a client that
    // keeps trying to reach a server that was killed can be given the server's own port there, connect to itself, and
    // keep the server from coming back.
    private static final int LOWEST = 20_000;
    private static final int COUNT = 12_000;

    /** The port that a person asked for; zero means any. */
    public static Port of(String name, int number, String setting) {
        return number == 0 ? any(name) : new Port(name, number, setting);
    }

    /** A port that is free now. A server that finds it taken after all is given another one. */
    public static Port any(String name) {
        var start = ThreadLocalRandom.current().nextInt(COUNT);
        for (var i = 0; i < COUNT; i++) {
            var port = new Port(name, LOWEST + (start + i) % COUNT, null);
            if (port.isFree()) {
                return port;
            }
        }
        throw new LocalServiceException(
                "No free port for %s between %d and %d".formatted(name, LOWEST, LOWEST + COUNT));
    }

    /** Whether a server could listen here now. */
    public boolean isFree() {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /**
     * Insists that a server could listen here now.
     *
     * @throws LocalServiceException naming the port and the setting that moves it, when something listens here already
     */
    public void requireFree() {
        if (!isFree()) {
            throw new LocalServiceException("Port %d for %s is already in use. %s".formatted(number, name,
                    setting == null
                            ? "End the program that listens there."
                            : "End the program that listens there, or choose another port with %s."
                                    .formatted(setting)));
        }
    }

    boolean mayMove() {
        return setting == null;
    }
}
