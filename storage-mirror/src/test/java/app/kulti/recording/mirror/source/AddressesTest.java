package app.kulti.recording.mirror.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.mirror.mirroring.CannotCopy;
import app.kulti.recording.mirror.mirroring.Ending;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    private static final AllowedHosts HOSTS = AllowedHosts.of(List.of("files.example.com", "*.storage.example.com",
            "http://localhost:8090", "https://files.internal:8443"));

    @ParameterizedTest
    @ValueSource(strings = {"https://files.example.com/a.mp4?signature=s", "https://FILES.example.com./a.mp4",
            "https://files.example.com:443/a.mp4", "https://eu.storage.example.com/a",
            "https://a.b.storage.example.com/a",
            "http://localhost:8090/a.mp4", "https://files.internal:8443/a.mp4"})
    void whatIsOnTheListMayBeRead(String url) {
        assertThat(HOSTS.objection(URI.create(url))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            // Other schemes, ports and hosts.
            "http://files.example.com/a", "ftp://files.example.com/a", "file:///etc/passwd", "jar:file:///a!/b",
            "https://files.example.com:8443/a", "https://files.internal/a", "http://files.internal:8443/a",
            "http://localhost/a", "https://localhost:8090/a", "http://localhost:8091/a", "https://example.com/a",
            "https://evilfiles.example.com/a", "https://files.example.com.evil.org/a", "https://storage.example.com/a",
            "https://evil.org/?https://files.example.com/", "https://evil.org/#files.example.com",
            // Who one claims to be.
            "https://files.example.com@evil.org/a", "https://user:secret@files.example.com/a",
            "http://user@localhost:8090/",
            // The machine itself, and what it can reach, in every spelling that something out there understands.
            "https://127.0.0.1/a", "https://127.1/a", "https://0/a", "https://0.0.0.0/a", "https://2130706433/a",
            "https://0x7f000001/a", "https://0x7f.0.0.1/a", "https://0177.0.0.1/a", "https://[::1]/a", "https://[::]/a",
            "https://[::ffff:127.0.0.1]/a", "https://[::ffff:7f00:1]/a", "https://[64:ff9b::127.0.0.1]/a",
            "https://169.254.169.254/latest/meta-data", "https://[fd00:ec2::254]/a", "https://10.0.0.1/a",
            "https://192.168.0.1/a", "https://172.16.0.1/a", "https://[fe80::1]/a", "https://[fc00::1]/a",
            "https://metadata.google.internal/a", "https://169.254.169.254.nip.io/a", "https://localhost/a"})
    void everythingElseMayNot(String url) {
        assertThat(HOSTS.objection(URI.create(url))).isPresent();
    }

    @Test
    void anObjectionDoesNotRepeatWhatIsSecret() {
        assertThat(HOSTS.objection(URI.create("https://evil.org/path?signature=secret")).orElseThrow())
                .isEqualTo("https://evil.org:443 is not among the allowed hosts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200",
            "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.0.1", "169.254.169.254", "172.16.0.1",
            "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.255.255",
            "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
            "168.63.129.16", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1",
            "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254", "64:ff9b:1::1", "100::1", "fc00::1",
            "fd00:ec2::254", "fe80::1", "febf::1", "fec0::1", "ff02::1", "2001::1", "2001:0:7f00:1::", "2001:db8::1",
            "2002:7f00:1::", "2002:a9fe:a9fe::1", "3fff::1", "5f00::1"})
    void theseAddressesAreNotPublic(String address) {
        assertThat(PublicAddresses.contains(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "9.255.255.255", "11.0.0.1", "52.218.0.1", "100.63.255.255", "100.128.0.1",
            "172.15.255.255", "172.32.0.1", "192.0.1.1", "198.17.255.255", "198.20.0.1", "223.255.255.255",
            "168.63.129.17", "2606:4700::1111", "2a00:1450:4001::1", "2001:4860:4860::8888", "64:ff9b::1.1.1.1",
            "::ffff:1.1.1.1"})
    void theseAddressesAre(String address) {
        assertThat(PublicAddresses.contains(InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    void anAllowedNameWithOnePrivateAddressIsRefusedWithoutConnecting() throws IOException {
        try (var source = source(address("1.1.1.1"), address("10.0.0.1"))) {
            assertRefused(source, "https://files.example.com/a.mp4?signature=secret");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "169.254.169.254", "::1", "fd00:ec2::254", "64:ff9b::a9fe:a9fe"})
    void anAllowedNameThatLeadsInsideIsRefused(String inside) throws IOException {
        try (var source = source(address(inside))) {
            assertRefused(source, "https://files.example.com/a.mp4");
        }
    }

    @Test
    void aNameIsResolvedOncePerConnectionSoThatTheAnswerCannotChangeInBetween() throws IOException {
        var lookups = new AtomicInteger();
        try (var source = source(_ -> {
            // A name server that shows a good address to the check and a bad one to the connection.
            return new InetAddress[]{address(lookups.incrementAndGet() == 1 ? "127.0.0.1" : "1.1.1.1")};
        })) {
            assertRefused(source, "https://files.example.com/a.mp4");
        }
        assertThat(lookups).hasValue(1);
    }

    @Test
    void onlyAWholeOriginMayHaveAPrivateAddress() throws UnknownHostException {
        var resolver = new GuardedResolver(HOSTS, _ -> new InetAddress[]{address("127.0.0.1")});

        assertThat(resolver.resolve("localhost", 8090)).hasSize(1);
        assertThatThrownBy(() -> resolver.resolve("localhost", 8091)).isInstanceOf(GuardedResolver.Refused.class);
        assertThatThrownBy(() -> resolver.resolve("files.example.com", 443))
                .isInstanceOf(GuardedResolver.Refused.class);
        assertThatThrownBy(() -> resolver.resolve("localhost")).isInstanceOf(UnknownHostException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "*.com", "com", "10.0.0.1", "127.0.0.1", "files.example.com:443",
            "files.example.com/path", "https://user@host", "https://host/path", "ftp://host", "https://*.example.com",
            "exa mple.com", "files.*.com"})
    void whatIsNoEntryIsRefusedAtBoot(String entry) {
        assertThat(AllowedHosts.complaint(List.of(entry))).isPresent();
    }

    private static void assertRefused(HttpSource source, String url) {
        assertThatThrownBy(() -> source.open(new SignedUrl(URI.create(url)), null, null))
                .isInstanceOfSatisfying(CannotCopy.class, e -> assertThat(e.ending())
                        .isInstanceOfSatisfying(Ending.Refused.class, refused -> {
                            assertThat(refused.flaw().reason()).isEqualTo(RefusedBecause.ADDRESS_NOT_ALLOWED);
                            assertThat(refused.flaw().detail()).doesNotContain("secret");
                        }));
    }

    private static HttpSource source(InetAddress... answers) {
        return source(_ -> answers);
    }

    private static HttpSource source(GuardedResolver.Lookup lookup) {
        return new HttpSource(HOSTS, 1, new Bandwidth(null, null), Timeout.ofSeconds(5), lookup,
                DefaultClientTlsStrategy.createDefault());
    }

    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }
}
