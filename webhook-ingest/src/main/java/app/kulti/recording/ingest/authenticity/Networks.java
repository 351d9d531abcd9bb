package app.kulti.recording.ingest.authenticity;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses and networks, version 4 and 6. An IPv4 address in IPv6 clothes ({@code ::ffff:1.2.3.4}) is the IPv4 address. */
final class Networks {
    private final List<IpSubnetFilterRule> rules;

    private Networks(List<IpSubnetFilterRule> rules) {
        this.rules = rules;
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address.
     *
     * @param setting where they stand, for the message
     * @throws IllegalArgumentException naming the setting and the entry that is no network
     */
    static Networks of(List<String> cidrs, String setting) {
        return new Networks(cidrs.stream().map(cidr -> rule(cidr.strip(), setting)).toList());
    }

    boolean contain(@Nullable InetAddress address) {
        if (address == null) {
            return false;
        }
        var socketAddress = new InetSocketAddress(address, 0);
        return rules.stream().anyMatch(rule -> rule.matches(socketAddress));
    }

    /** The address in {@code text}, without asking a name server; null when it is none. */
    static @Nullable InetAddress address(String text) {
        // The library takes zone ids too, and a mapped address as the IPv4 one that it is.
        return NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text)
                ? NetUtil.createInetAddressFromIpAddressString(text)
                : null;
    }

    private static IpSubnetFilterRule rule(String cidr, String setting) {
        var slash = cidr.indexOf('/');
        var address = address(slash < 0 ? cidr : cidr.substring(0, slash));
        if (address == null) {
            throw noNetwork(cidr, setting);
        }
        var longest = address instanceof Inet4Address ? Integer.SIZE : 4 * Integer.SIZE;
        try {
            var length = slash < 0 ? longest : Integer.parseInt(cidr, slash + 1, cidr.length(), 10);
            return new IpSubnetFilterRule(address, length, IpFilterRuleType.ACCEPT);
        } catch (IllegalArgumentException _) {
            throw noNetwork(cidr, setting);
        }
    }

    private static IllegalArgumentException noNetwork(String cidr, String setting) {
        return new IllegalArgumentException("%s: \"%s\" is no address or network such as 10.0.0.0/8 or 2001:db8::/32"
                .formatted(setting, cidr));
    }
}
