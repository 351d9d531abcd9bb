package app.kulti.recording.mirror.source;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import app.kulti.recording.mirror.mirroring.CannotCopy;
import app.kulti.recording.mirror.mirroring.CutShort;
import app.kulti.recording.mirror.mirroring.Ending;
import app.kulti.recording.mirror.mirroring.Fault;
import app.kulti.recording.mirror.mirroring.Source;
import app.kulti.recording.mirror.mirroring.Trouble;
import app.kulti.recording.mirror.mirroring.plan.ByteRange;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.jspecify.annotations.Nullable;

/** The body of one answer. */
final class HttpSlice implements Source.Slice {
    /** Slower than this for longer than the grace, and the connection is given up: it would hold room for ever. */
    private static final long SLOWEST_BYTES_PER_SECOND = 16 * 1024;
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final HttpGet request;
    private final ClassicHttpResponse response;
    private final InputStream body;
    private final @Nullable ByteRange range;
    private final OptionalLong total;
    private final Bandwidth bandwidth;
    private final LongSupplier nanos;
    /** Nanoseconds that this side has waited for bytes, and for nothing else. */
    private long waited;
    private long read;
    private boolean drained;

    private HttpSlice(HttpGet request, ClassicHttpResponse response, InputStream body, @Nullable ByteRange range,
            OptionalLong total, Bandwidth bandwidth, LongSupplier nanos) {
        this.request = request;
        this.response = response;
        this.body = body;
        this.range = range;
        this.total = total;
        this.bandwidth = bandwidth;
        this.nanos = nanos;
    }

    /** Of a 200, which is the whole file whatever was asked for, or of a 206. */
    static HttpSlice of(HttpGet request, ClassicHttpResponse response, @Nullable ByteRange asked,
            Bandwidth bandwidth, LongSupplier nanos)
            throws Trouble, CannotCopy {
        try {
            var entity = response.getEntity();
            var body = entity == null ? InputStream.nullInputStream() : entity.getContent();
            if (response.getCode() == HttpStatus.SC_OK || asked == null) {
                var length = entity == null ? 0 : entity.getContentLength();
                if (length == 0) {
                    throw new CannotCopy(new Ending.Refused(RefusedBecause.EMPTY, "the file has no bytes"));
                }
                return new HttpSlice(request, response, body, null,
                        length < 0 ? OptionalLong.empty() : OptionalLong.of(length), bandwidth, nanos);
            }
            var sent = ContentRange.of(response);
            if (sent == null || sent.from() != asked.from() || sent.last() >= asked.end()) {
                throw new Trouble(Fault.SOURCE, "the source sent another range than was asked for");
            }
            return new HttpSlice(request, response, body,
                    new ByteRange(sent.from(), sent.last() - sent.from() + 1), sent.total(), bandwidth,
                    nanos);
        } catch (Trouble | CannotCopy e) {
            HttpSource.abandon(request, response);
            throw e;
        } catch (IOException e) {
            HttpSource.abandon(request, response);
            throw new Trouble(Fault.SOURCE, "the source broke off: " + e.getClass().getSimpleName(), e);
        }
    }

    @Override
    public int read(byte[] into, int offset, int count) throws Trouble {
        try {
            var before = nanos.getAsLong();
            var now = body.read(into, offset, bandwidth.isUnlimited() ? count : Math.min(count, Bandwidth.PIECE));
            waited += nanos.getAsLong() - before;
            if (now < 0) {
                drained = true;
                return now;
            }
            read += now;
            checkPace();
            pay(now);
            return now;
        } catch (ConnectionClosedException | TruncatedChunkException e) {
            throw new CutShort((range == null ? 0 : range.from()) + read, e);
        } catch (Trouble e) {
            throw e;
        } catch (IOException e) {
            throw new Trouble(Fault.SOURCE, "the source broke off: " + e.getClass().getSimpleName(), e);
        }
    }

    private void pay(int bytes) throws Trouble {
        if (bandwidth.isUnlimited()) {
            return;
        }
        try {
            bandwidth.spend(request.getAuthority().getHostName(), bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble(Fault.SOURCE, "interrupted", e);
        }
    }

    private void checkPace() throws Trouble {
        if (waited > GRACE.toNanos() && read < SLOWEST_BYTES_PER_SECOND * Duration.ofNanos(waited).toSeconds()) {
            throw new Trouble(Fault.SOURCE, "the source sends next to nothing");
        }
    }

    @Override
    public boolean isRange() {
        return range != null;
    }

    @Override
    public OptionalLong total() {
        return total;
    }

    @Override
    public @Nullable String etag() {
        return header(HttpHeaders.ETAG);
    }

    @Override
    public @Nullable String contentType() {
        return header(HttpHeaders.CONTENT_TYPE);
    }

    private @Nullable String header(String name) {
        var header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    @Override
    public void close() {
        if (!drained) {
            drained = endsHere();
        }
        if (drained) {
            closeQuietly();
        } else {
            HttpSource.abandon(request, response);
        }
    }

    /** A caller reads what it wants and not the end behind it; a connection at its end can be used again. */
    private boolean endsHere() {
        try {
            return range != null && read == range.length() && body.read() < 0;
        } catch (IOException _) {
            return false;
        }
    }

    private void closeQuietly() {
        try {
            response.close();
        } catch (IOException _) {
            // It is at its end: nothing is lost.
        }
    }
}
