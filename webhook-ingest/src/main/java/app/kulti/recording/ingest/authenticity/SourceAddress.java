package app.kulti.recording.ingest.authenticity;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Where a request comes from. Each proxy appends whom it heard from, so the list is true only as far, from its right end, as
 * every one that wrote it is trusted; what stands further left was written by the sender.
 */
final class SourceAddress {
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final Networks trusted;

    SourceAddress(Networks trusted) {
        this.trusted = trusted;
    }

    /** The nearest address that is no trusted proxy; null when a trusted proxy says something that is no address. */
    @Nullable
    InetAddress of(HttpHeaders headers, @Nullable InetSocketAddress peer) {
        var source = peer == null ? null : peer.getAddress();
        var forwarded = hops(headers);
        for (var i = forwarded.size() - 1; i >= 0 && trusted.contain(source); i--) {
            source = Networks.address(withoutPort(forwarded.get(i)));
        }
        return source;
    }

    private static List<String> hops(HttpHeaders headers) {
        return headers.getOrEmpty(FORWARDED_FOR).stream().filter(Objects::nonNull)
                .flatMap(line -> Arrays.stream(line.split(",", -1))).map(String::strip).toList();
    }

    /** Some proxies write {@code 1.2.3.4:5678} and {@code [2001:db8::1]:5678}. */
    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            var end = hop.indexOf(']');
            return end < 0 ? hop : hop.substring(1, end);
        }
        var colon = hop.indexOf(':');
        return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }
}
