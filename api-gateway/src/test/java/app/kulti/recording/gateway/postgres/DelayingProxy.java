package app.kulti.recording.gateway.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A database that is far away: answers take their time. Counts how often the client had to wait for one before it went on. */
final class DelayingProxy implements AutoCloseable {
    private static final long DELAY_MILLIS = 200;

    private final ServerSocket server;
    private final int target;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger trips = new AtomicInteger();
    private final AtomicBoolean answered = new AtomicBoolean(true);

    DelayingProxy(int target) {
        this.target = target;
        try {
            this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Since it was last asked. */
    int trips() {
        return trips.getAndSet(0);
    }

    private void accept() {
        try {
            while (true) {
                var client = server.accept();
                var database = new Socket(InetAddress.getLoopbackAddress(), target);
                Thread.ofVirtual().start(() -> forward(client, database, this::asked));
                Thread.ofVirtual().start(() -> forward(database, client, this::answering));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void asked() {
        if (answered.getAndSet(false)) {
            trips.incrementAndGet();
        }
    }

    private void answering() {
        try {
            if (!closed.await(DELAY_MILLIS, TimeUnit.MILLISECONDS)) {
                answered.set(true);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forward(Socket from, Socket to, Runnable beforeEach) {
        try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            var buffer = new byte[64 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                beforeEach.run();
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException _) {
            // One of them hung up.
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
