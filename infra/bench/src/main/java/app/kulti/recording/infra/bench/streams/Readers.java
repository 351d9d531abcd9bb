package app.kulti.recording.infra.bench.streams;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Thousands of open streams on the calling thread, so that those who read take little from those who are measured. */
final class Readers implements AutoCloseable {
    private static final int OPENED_AT_A_TIME = 64;

    private final InetSocketAddress gateway;
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private final List<Reader> all = new ArrayList<>();
    private final List<SocketChannel> channels = new ArrayList<>();

    Readers(InetSocketAddress gateway) throws IOException {
        this.gateway = gateway;
    }

    /** All that were opened. */
    List<Reader> all() {
        return List.copyOf(all);
    }

    /**
     * Opens one more, once few of the earlier ones are still on their way.
     *
     * @param session see {@link Reader}
     */
    void open(@Nullable UUID session, String token, Duration limit) throws IOException {
        var reader = new Reader(session);
        var channel = SocketChannel.open();
        channels.add(channel);
        all.add(reader);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 16 * 1024);
        channel.connect(gateway);
        channel.write(ByteBuffer.wrap("""
                GET /api/recordings/events HTTP/1.1\r
                Host: gateway\r
                Accept: text/event-stream\r
                Authorization: Bearer %s\r
                \r
                """.formatted(token).getBytes(StandardCharsets.US_ASCII)));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, reader);
        readUntil(() -> onTheirWay() < OPENED_AT_A_TIME, limit);
    }

    private int onTheirWay() {
        var latest = all.subList(Math.max(0, all.size() - 2 * OPENED_AT_A_TIME), all.size());
        return (int) latest.stream().filter(reader -> !reader.isOpen()).count();
    }

    /**
     * Reads whatever comes until {@code done}.
     *
     * @return whether that was so within {@code limit}
     */
    boolean readUntil(BooleanSupplier done, Duration limit) throws IOException {
        var end = System.nanoTime() + limit.toNanos();
        while (!done.getAsBoolean()) {
            var left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            selector.select(this::read, Math.max(1, Math.min(50, left / 1_000_000)));
        }
        return true;
    }

    private void read(SelectionKey key) {
        try {
            var channel = (SocketChannel) key.channel();
            var reader = (Reader) key.attachment();
            var count = channel.read(buffer.clear());
            if (count < 0) {
                throw new IllegalStateException("a stream ended before its time");
            }
            reader.read(buffer.flip(), System.nanoTime());
        } catch (IOException e) {
            throw new UncheckedIOException("a stream broke", e);
        }
    }

    @Override
    public void close() throws IOException {
        for (var channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
