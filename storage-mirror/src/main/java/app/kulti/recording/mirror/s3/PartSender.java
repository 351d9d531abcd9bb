package app.kulti.recording.mirror.s3;

import app.kulti.recording.mirror.mirroring.CannotCopy;
import app.kulti.recording.mirror.mirroring.Fault;
import app.kulti.recording.mirror.mirroring.PartBuffer;
import app.kulti.recording.mirror.mirroring.PlanVoid;
import app.kulti.recording.mirror.mirroring.Trouble;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends parts to presigned URLs. The SDK would sign each part's bytes where the endpoint is plain http, which costs
 * more than all the rest of the copy; a presigned URL signs none, and the part's ETag proves more than a signature
 * would.
 */
final class PartSender implements AutoCloseable {
    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    /** A bucket may take its time to look through what it has got. */
    private static final Timeout SILENCE = Timeout.ofSeconds(60);
    private static final int LONGEST_ERROR_PAGE = 4096;

    private final CloseableHttpClient http;

    PartSender(int connections) {
        http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(connections)
                        .setMaxConnPerRoute(connections)
                        .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(CONNECT)
                                .setSocketTimeout(SILENCE).setValidateAfterInactivity(1, TimeUnit.SECONDS)
                                .setTimeToLive(5, TimeUnit.MINUTES).build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom().setConnectionRequestTimeout(SILENCE)
                        .setResponseTimeout(SILENCE).setExpectContinueEnabled(false).build())
                .setUserAgent("kulti-storage-mirror")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching()
                .build();
    }

    /** The connection broke while the part was sent; buckets also do that instead of giving the real reason. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(IOException cause) {
            super(cause);
        }
    }

    /** Returns the ETag as it came. */
    String send(URI url, PartBuffer part) throws Trouble, CannotCopy, PlanVoid, Broken {
        var request = new HttpPut(url);
        request.setEntity(new Body(part));
        try {
            var answer = http.execute(request, Answer::of);
            if (answer.status() != HttpStatus.SC_OK) {
                throw S3Failure.ofUpload(answer.status(), S3Failure.codeIn(answer.page()));
            }
            var etag = answer.etag();
            if (etag == null) {
                throw new Trouble(Fault.BUCKET, "the bucket gave no ETag for a part");
            }
            return etag;
        } catch (Trouble e) {
            throw e;
        } catch (IOException e) {
            throw new Broken(e);
        }
    }

    @Override
    public void close() throws IOException {
        http.close();
    }

    private record Answer(int status, @Nullable String etag, String page) {
        static Answer of(ClassicHttpResponse response) throws IOException {
            var etag = response.getFirstHeader(HttpHeaders.ETAG);
            var entity = response.getEntity();
            var page = response.getCode() == HttpStatus.SC_OK || entity == null
                    ? ""
                    : new String(entity.getContent().readNBytes(LONGEST_ERROR_PAGE), StandardCharsets.UTF_8);
            EntityUtils.consumeQuietly(entity);
            return new Answer(response.getCode(), etag == null ? null : etag.getValue(), page);
        }
    }

    private static final class Body extends AbstractHttpEntity {
        private final PartBuffer part;

        Body(PartBuffer part) {
            super((ContentType) null, null);
            this.part = part;
        }

        @Override
        public long getContentLength() {
            return part.size();
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }

        @Override
        public boolean isStreaming() {
            return false;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            part.writeTo(out);
        }

        @Override
        public InputStream getContent() {
            throw new UnsupportedOperationException("a part is written, not read");
        }

        @Override
        public void close() {
            // The buffer is whoever filled it's to close.
        }
    }
}
