package app.kulti.recording.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandle;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandle;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.NonBlocking;

/** How the web server talks to the kernel. */
class EventLoopsTest {
    @BeforeAll
    static void onLinux() {
        assumeTrue(Epoll.isAvailable());
    }

    @Test
    void takeIoUringWhereThereIsOne() {
        assumeTrue(IoUring.isAvailable());

        assertAreOn(IoUringIoHandle.class, EventLoops.create(2, true));
    }

    @Test
    void takeEpollWhenSomebodySaysSo() {
        assertAreOn(EpollIoHandle.class, EventLoops.create(2, false));
    }

    @Test
    void takeEpollWhereThereIsNoRoomForTheRings() {
        assertAreOn(EpollIoHandle.class, EventLoops.create(2, _ -> {
            throw new IllegalStateException("too little memory may be locked");
        }));
    }

    @Test
    void mayNotBeBlocked() throws Exception {
        var loops = EventLoops.create(2, true);

        assertThat(loops.onServer(true).submit(() -> Thread.currentThread() instanceof NonBlocking).get()).isTrue();

        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block(Duration.ofSeconds(5));
    }

    private static void assertAreOn(Class<? extends IoHandle> transport, EventLoops loops) {
        var group = (IoEventLoopGroup) loops.onServer(true);

        assertThat(group.isCompatible(transport)).isTrue();
        assertThat(group).hasSize(2);

        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block(Duration.ofSeconds(5));
        assertThat(loops.isDisposed()).isTrue();
    }
}
