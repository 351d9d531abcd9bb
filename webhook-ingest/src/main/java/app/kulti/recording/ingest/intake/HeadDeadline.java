package app.kulti.recording.ingest.intake;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends connections whose request head comes in drips: the server's own request timeout begins only when the head is there, and
 * its idle timeout anew with every byte. Stands behind the HTTP codec; a head that comes whole costs no timer.
 */
public final class HeadDeadline extends ChannelInboundHandlerAdapter {
    private final Duration limit;
    private boolean betweenRequests = true;
    private boolean decoded;
    private @Nullable Future<?> deadline;

    /**
     * For one connection.
     *
     * @param limit from a head's first bytes to its last
     */
    public HeadDeadline(Duration limit) {
        this.limit = limit;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        decoded = true;
        if (message instanceof HttpRequest) {
            betweenRequests = false;
            lift();
        }
        if (message instanceof LastHttpContent) {
            betweenRequests = true;
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        // Bytes came and the codec made nothing of them: they are the beginning of a head.
        if (betweenRequests && !decoded && deadline == null) {
            deadline = context.executor().schedule(() -> end(context), limit.toMillis(), TimeUnit.MILLISECONDS);
        }
        decoded = false;
        context.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        lift();
        context.fireChannelInactive();
    }

    private static void end(ChannelHandlerContext context) {
        var _ = context.close();
    }

    private void lift() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }
}
