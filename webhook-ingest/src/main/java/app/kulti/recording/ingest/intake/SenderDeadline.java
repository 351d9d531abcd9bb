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
 * Ends connections whose request comes in drips. The server's own request timeout begins only when the head is there, and its
 * idle timeout anew with every byte. Stands behind the HTTP codec; a request that comes whole costs no timer.
 */
public final class SenderDeadline extends ChannelInboundHandlerAdapter {
    private final Duration limit;
    private boolean bodyIsDue;
    private boolean decoded;
    private @Nullable Future<?> deadline;

    /**
     * For one connection.
     *
     * @param limit from a request's first bytes to its last
     */
    public SenderDeadline(Duration limit) {
        this.limit = limit;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        decoded = true;
        if (message instanceof HttpRequest) {
            bodyIsDue = true;
        }
        if (message instanceof LastHttpContent) {
            bodyIsDue = false;
            lift();
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        // Bytes of which the codec made nothing are the beginning of a head.
        if ((bodyIsDue || !decoded) && deadline == null) {
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
