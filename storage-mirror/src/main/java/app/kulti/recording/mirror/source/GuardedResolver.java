package app.kulti.recording.mirror.source;

import java.io.Serial;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves a name once per connection, checks what came out, and hands exactly that to the connection: no second
 * look-up, which could be answered differently, lies between the check and the use.
 */
final class GuardedResolver implements DnsResolver {
    private final AllowedHosts hosts;
    private final Lookup lookup;

    /** How names become addresses. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    GuardedResolver(AllowedHosts hosts, Lookup lookup) {
        this.hosts = hosts;
        this.lookup = lookup;
    }

    /** The name leads, or one of its addresses would lead, to where nothing may be read from. */
    static final class Refused extends UnknownHostException {
        @Serial
        private static final long serialVersionUID = 1L;

        Refused(String host) {
            super(host + " has an address that is not public");
        }
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        var addresses = lookup.of(host);
        // One bad address is enough: a name with a public and a private one is how this check is usually got round.
        if (!hosts.mayBePrivate(host, port) && !Arrays.stream(addresses).allMatch(PublicAddresses::contains)) {
            throw new Refused(host);
        }
        return Arrays.stream(addresses).map(address -> new InetSocketAddress(address, port)).toList();
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        throw new UnknownHostException("without a port nobody can say whether " + host + " is allowed");
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
