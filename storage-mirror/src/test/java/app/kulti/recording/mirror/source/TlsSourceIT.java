package app.kulti.recording.mirror.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.mirror.mirroring.Trouble;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that has a certificate for one name, and lies at an address that no name server knows. */
class TlsSourceIT {
    private static final String NAME = "films.example.com";
    private static final String OTHER_NAME = "other.example.com";
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final List<String> ASKED_FOR = new CopyOnWriteArrayList<>();
    private static final List<Headers> SENT = new CopyOnWriteArrayList<>();

    @TempDir
    private static Path folder;
    private static KeyStore keys;
    private static HttpsServer server;

    @BeforeAll
    static void start() throws Exception {
        keys = keys(folder.resolve("keys.p12"));
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", TlsSourceIT::answer);
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @BeforeEach
    void asNew() {
        ASKED_FOR.clear();
        SENT.clear();
    }

    @Test
    void theAddressIsPinnedAndTheNameIsStillTheOneThatIsAskedForAndProved() throws Exception {
        var lookups = new AtomicInteger();
        try (var source = source(NAME, trusting(), lookups)) {
            assertThat(read(source, url(NAME, "/film.mp4"))).isEqualTo("film");
        }
        assertThat(ASKED_FOR).containsExactly(NAME);
        assertThat(SENT.getFirst().getFirst("Host")).isEqualTo(NAME + ":" + server.getAddress().getPort());
        assertThat(lookups).hasValue(1);
    }

    @Test
    void aCertificateForAnotherNameIsNotBelieved() throws Exception {
        try (var source = source(OTHER_NAME, trusting(), new AtomicInteger())) {
            assertThatThrownBy(() -> read(source, url(OTHER_NAME, "/film.mp4"))).isInstanceOf(Trouble.class)
                    .hasMessageMatching("the source could not be reached: SSL\\w+Exception");
        }
        assertThat(SENT).isEmpty();
    }

    @Test
    void aCertificateThatNobodyVouchesForIsNotBelieved() throws Exception {
        try (var source = source(NAME, SSLContext.getDefault(), new AtomicInteger())) {
            assertThatThrownBy(() -> read(source, url(NAME, "/film.mp4"))).isInstanceOf(Trouble.class)
                    .hasMessageMatching("the source could not be reached: SSL\\w+Exception");
        }
        assertThat(SENT).isEmpty();
    }

    @Test
    void nothingThatTellsWhoAsksGoesAlongWithARedirect() throws Exception {
        try (var source = source(NAME, trusting(), new AtomicInteger())) {
            assertThat(read(source, url(NAME, "/moved.mp4"))).isEqualTo("film");
        }
        assertThat(SENT).hasSize(2).allSatisfy(headers -> assertThat(headers.keySet()).isSubsetOf("Accept-encoding",
                "Connection", "Host", "User-agent"));
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
            session.getRequestedServerNames().forEach(name -> ASKED_FOR.add(((SNIHostName) name).getAsciiName()));
            SENT.add(exchange.getRequestHeaders());
            if (exchange.getRequestURI().getPath().equals("/moved.mp4")) {
                exchange.getResponseHeaders().set("Set-Cookie", "session=secret; Path=/");
                exchange.getResponseHeaders().set("Location", "/film.mp4");
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            exchange.sendResponseHeaders(200, 4);
            exchange.getResponseBody().write("film".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static HttpSource source(String name, SSLContext context, AtomicInteger lookups) {
        var hosts = AllowedHosts.of(List.of("https://%s:%d".formatted(name, server.getAddress().getPort())));
        return new HttpSource(hosts, 1, new Bandwidth(null, null), Timeout.ofSeconds(5), _ -> {
            lookups.incrementAndGet();
            return new InetAddress[]{server.getAddress().getAddress()};
        }, new DefaultClientTlsStrategy(context));
    }

    private static URI url(String name, String path) {
        return URI.create("https://%s:%d%s?signature=secret".formatted(name, server.getAddress().getPort(), path));
    }

    private static String read(HttpSource source, URI url) throws Exception {
        try (var slice = source.open(new SignedUrl(url), null, null)) {
            var bytes = new byte[100];
            var count = 0;
            for (var read = 0; read >= 0; read = slice.read(bytes, count, bytes.length - count)) {
                count += read;
            }
            return new String(bytes, 0, count, StandardCharsets.US_ASCII);
        }
    }

    private static SSLContext trusting() throws Exception {
        var trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("server", keys.getCertificate("server"));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trust);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    /** By the JDK's own tool, since its library makes no certificates. */
    private static KeyStore keys(Path file) throws Exception {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=" + NAME, "-ext", "SAN=dns:" + NAME,
                "-validity", "2", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass",
                new String(PASSWORD)));
        var keytool = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile()).start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }
}
