package app.kulti.recording.mirror.source;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.mirror.mirroring.CannotCopy;
import app.kulti.recording.mirror.mirroring.Ending;
import app.kulti.recording.mirror.mirroring.Fault;
import app.kulti.recording.mirror.mirroring.PlanVoid;
import app.kulti.recording.mirror.mirroring.Source;
import app.kulti.recording.mirror.mirroring.Trouble;
import app.kulti.recording.mirror.mirroring.plan.ByteRange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Reads films over HTTP: blocking, on virtual threads, so that a sender is held up by nothing more than its full
 * socket. Follows redirects itself, checking each as it checked the first; sends no cookies, no credentials, and takes
 * the bytes as they are.
 */
final class HttpSource implements Source, AutoCloseable {
    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    /** Between two bytes; and, from the request to its end, for an answer's head. */
    private static final Timeout SILENCE = Timeout.ofSeconds(30);
    private static final int MOST_REDIRECTS = 3;
    private static final int LONGEST_ERROR_PAGE = 4096;
    private static final Set<Integer> REDIRECTS = Set.of(HttpStatus.SC_MOVED_PERMANENTLY,
            HttpStatus.SC_MOVED_TEMPORARILY,
            HttpStatus.SC_SEE_OTHER, HttpStatus.SC_TEMPORARY_REDIRECT, HttpStatus.SC_PERMANENT_REDIRECT);

    /** Heads that are longer come from no storage. */
    private static final Http1Config HEAD = Http1Config.custom().setMaxLineLength(16 * 1024).setMaxHeaderCount(200)
            .build();
    /** Knows both forms of {@code Retry-After}; nothing else of it is used. */
    private static final HttpRequestRetryStrategy ASKED_FOR = new DefaultHttpRequestRetryStrategy(1,
            TimeValue.ofMilliseconds(1));

    private final AllowedHosts hosts;
    private final Bandwidth bandwidth;
    private final Timeout silence;
    private final CloseableHttpClient http;
    private final ScheduledThreadPoolExecutor limits = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().daemon().name("source-limits").factory());

    /** Reads from these hosts, over at most {@code connections} at a time. */
    HttpSource(AllowedHosts hosts, int connections, Bandwidth bandwidth) {
        this(hosts, connections, bandwidth, SILENCE, InetAddress::getAllByName,
                DefaultClientTlsStrategy.createDefault());
    }

    /** The same with limits, names and certificates of its own. */
    HttpSource(AllowedHosts hosts, int connections, Bandwidth bandwidth, Timeout silence,
            GuardedResolver.Lookup lookup, TlsSocketStrategy tls) {
        this.hosts = hosts;
        this.bandwidth = bandwidth;
        this.silence = silence;
        limits.setRemoveOnCancelPolicy(true);
        var connectionPool = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new GuardedResolver(hosts, lookup))
                .setTlsSocketStrategy(tls)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder().http1Config(HEAD).build())
                .setMaxConnTotal(connections)
                .setMaxConnPerRoute(connections)
                .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(CONNECT)
                        .setSocketTimeout(silence).setValidateAfterInactivity(1, TimeUnit.SECONDS)
                        .setTimeToLive(5, TimeUnit.MINUTES).build())
                .build();
        http = HttpClients.custom()
                .setConnectionManager(connectionPool)
                .setDefaultRequestConfig(RequestConfig.custom().setConnectionRequestTimeout(silence)
                        .setResponseTimeout(silence).build())
                .setUserAgent("kulti-storage-mirror")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching()
                .build();
    }

    @Override
    public Slice open(SignedUrl url, @Nullable ByteRange range, @Nullable String etag)
            throws Trouble, CannotCopy, PlanVoid {
        var at = url.uri();
        for (var hops = 0; hops <= MOST_REDIRECTS; hops++) {
            check(at);
            var request = request(at, range, etag);
            // A head that comes byte by byte never falls silent.
            var limit = limits.schedule(request::abort, silence.toMilliseconds(), TimeUnit.MILLISECONDS);
            try {
                var response = send(request);
                if (!REDIRECTS.contains(response.getCode())) {
                    return slice(request, response, range);
                }
                at = target(at, request, response);
            } finally {
                limit.cancel(false);
            }
        }
        throw new CannotCopy(new Ending.NotNow(Fault.SOURCE,
                "the source redirects more than %d times".formatted(MOST_REDIRECTS)));
    }

    private void check(URI url) throws CannotCopy {
        var objection = hosts.objection(url);
        if (objection.isPresent()) {
            throw new CannotCopy(new Ending.Refused(RefusedBecause.ADDRESS_NOT_ALLOWED, objection.get()));
        }
    }

    private static HttpGet request(URI at, @Nullable ByteRange range, @Nullable String etag) {
        var request = new HttpGet(at);
        request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
        if (range != null) {
            request.setHeader(HttpHeaders.RANGE, range.asHeader());
            if (etag != null && !etag.startsWith("W/")) {
                request.setHeader(HttpHeaders.IF_RANGE, etag);
            }
        }
        return request;
    }

    private static URI target(URI base, HttpGet request, ClassicHttpResponse redirect) throws CannotCopy {
        var location = redirect.getFirstHeader(HttpHeaders.LOCATION);
        abandon(request, redirect);
        if (location == null) {
            throw new CannotCopy(new Ending.NotNow(Fault.SOURCE, "the source redirects to nowhere"));
        }
        return resolve(base, location.getValue());
    }

    private static URI resolve(URI base, String location) throws CannotCopy {
        try {
            return base.resolve(location);
        } catch (IllegalArgumentException _) {
            throw new CannotCopy(new Ending.Refused(RefusedBecause.ADDRESS_NOT_ALLOWED,
                    "the source redirects to what is no URL"));
        }
    }

    private ClassicHttpResponse send(HttpGet request) throws Trouble, CannotCopy {
        try {
            try {
                return http.executeOpen(null, request, null);
            } catch (NoHttpResponseException _) {
                // A connection that was kept open had been closed by the other side; a new one tells more.
                return http.executeOpen(null, request, null);
            }
        } catch (GuardedResolver.Refused e) {
            throw new CannotCopy(
                    new Ending.Refused(RefusedBecause.ADDRESS_NOT_ALLOWED, String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new Trouble(Fault.SOURCE, "the source could not be reached: " + e.getClass().getSimpleName(), e);
        }
    }

    private Slice slice(HttpGet request, ClassicHttpResponse response, @Nullable ByteRange range)
            throws Trouble, CannotCopy, PlanVoid {
        var status = response.getCode();
        if (status == HttpStatus.SC_OK || (status == HttpStatus.SC_PARTIAL_CONTENT && range != null)) {
            return HttpSlice.of(request, response, range, bandwidth, System::nanoTime);
        }
        var total = ContentRange.totalOf(response);
        var expired = status == HttpStatus.SC_BAD_REQUEST && errorPage(response).contains("ExpiredToken");
        abandon(request, response);
        switch (status) {
            case HttpStatus.SC_UNAUTHORIZED, HttpStatus.SC_FORBIDDEN, HttpStatus.SC_GONE ->
                throw new CannotCopy(new Ending.SourceExpired());
            case HttpStatus.SC_REQUESTED_RANGE_NOT_SATISFIABLE -> {
                if (total.orElse(-1) == 0) {
                    throw new CannotCopy(new Ending.Refused(RefusedBecause.EMPTY, "the file has no bytes"));
                }
                throw new PlanVoid("the file has no such bytes");
            }
            case HttpStatus.SC_REQUEST_TIMEOUT, HttpStatus.SC_TOO_EARLY, HttpStatus.SC_TOO_MANY_REQUESTS ->
                throw trouble(response);
            default -> {
                if (expired) {
                    throw new CannotCopy(new Ending.SourceExpired());
                }
                if (status >= HttpStatus.SC_INTERNAL_SERVER_ERROR) {
                    throw trouble(response);
                }
                throw new CannotCopy(new Ending.NotNow(Fault.SOURCE, "the source answered " + status));
            }
        }
    }

    private static Trouble trouble(ClassicHttpResponse response) {
        return new Trouble(Fault.SOURCE, "the source answered " + response.getCode(),
                ASKED_FOR.getRetryInterval(response, 1, HttpClientContext.create()).toDuration());
    }

    private static String errorPage(ClassicHttpResponse response) {
        var entity = response.getEntity();
        if (entity == null) {
            return "";
        }
        try {
            return new String(entity.getContent().readNBytes(LONGEST_ERROR_PAGE), StandardCharsets.UTF_8);
        } catch (IOException _) {
            return "";
        }
    }

    /** Closes the connection instead of reading on for as long as somebody sends. */
    static void abandon(HttpGet request, ClassicHttpResponse response) {
        request.abort();
        try {
            response.close();
        } catch (IOException _) {
            // Nobody wants anything of it any more.
        }
    }

    @Override
    public void close() throws IOException {
        limits.shutdownNow();
        http.close();
    }
}
