package app.kulti.recording.ingest.intake;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Ends connections that nothing comes from any more. The server's own idle timeout sets up a timer anew for each request; this
 * one has the same for as long as the connection lasts.
 */
public final class IdleConnection extends ReadTimeoutHandler {
    /**
     * For one connection.
     *
     * @param limit without a single byte
     */
    public IdleConnection(Duration limit) {
        super(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    protected void readTimedOut(ChannelHandlerContext context) {
        // Nothing to tell anybody about.
        var _ = context.close();
    }
}
