package app.kulti.recording.ingest;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.netty.resources.LoopResources;

/**
 * The web server's event loops: on io_uring, on epoll where the kernel does not give that or somebody said so, on Java's own
 * selectors where there is no Linux. Reactor Netty's choice would be the same, but for one thing: it looks whether one small ring can be
 * made, and does not start where those of all loops are more than the process may lock in memory ({@code RLIMIT_MEMLOCK}).
 */
final class EventLoops implements LoopResources {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoops.class);

    private final EventLoopGroup loops;

    private EventLoops(int count, IoHandlerFactory transport) {
        var number = new AtomicInteger();
        ThreadFactory threads = task -> new Loop(task, number.incrementAndGet());
        loops = new MultiThreadIoEventLoopGroup(count, threads, transport);
    }

    /** So many; on io_uring only if {@code ioUring}. */
    static EventLoops create(int count, boolean ioUring) {
        return ioUring && IoUring.isAvailable() ? create(count, IoUringIoHandler.newFactory()) : withoutIoUring(count);
    }

    /** On {@code ioUring}, if it can make handlers for all of them. */
    static EventLoops create(int count, IoHandlerFactory ioUring) {
        try {
            return new EventLoops(count, ioUring);
        } catch (IllegalStateException e) {
            LOG.warn("io_uring is there but not for {} event loops, so they do without: {}", count,
                    String.valueOf(e.getCause()));
            return withoutIoUring(count);
        }
    }

    private static EventLoops withoutIoUring(int count) {
        return new EventLoops(count, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    @Override
    public EventLoopGroup onServer(boolean useNative) {
        return loops;
    }

    @Override
    public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
        return Mono.create(end -> {
            var _ = loops.shutdownGracefully(quietPeriod.toMillis(), timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .addListener(_ -> end.success());
        });
    }

    @Override
    public boolean isDisposed() {
        return loops.isShuttingDown();
    }

    /** One that Reactor refuses to block, and BlockHound watches. */
    private static final class Loop extends FastThreadLocalThread implements NonBlocking {
        Loop(Runnable task, int number) {
            super(task, "webhooks-" + number);
        }
    }
}
