package app.kulti.recording.mirror.source;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Where films may be read from, and how fast.
 *
 * @param allowedHosts  see {@link AllowedHosts}
 * @param bandwidth     bytes a second of all films together; absent: as fast as they come
 * @param hostBandwidth bytes a second from any one host; absent: as fast as they come
 */
@ConfigurationProperties("kulti.mirror")
record SourceSettings(List<String> allowedHosts, @Nullable DataSize bandwidth, @Nullable DataSize hostBandwidth) {

    private static final String NAME = "kulti.mirror.allowedhosts (KULTI_MIRROR_ALLOWEDHOSTS) ";

    /** Checks the entries. */
    SourceSettings {
        if (isMissing(allowedHosts)) {
            throw new IllegalArgumentException(NAME
                    + "is not set: the hosts that films are read from, such as *.s3.us-west-2.amazonaws.com");
        }
        AllowedHosts.complaint(allowedHosts).ifPresent(complaint -> {
            throw new IllegalArgumentException(NAME + "is wrong: " + complaint);
        });
        check(bandwidth, "kulti.mirror.bandwidth (KULTI_MIRROR_BANDWIDTH)");
        check(hostBandwidth, "kulti.mirror.host-bandwidth (KULTI_MIRROR_HOSTBANDWIDTH)");
    }

    private static void check(@Nullable DataSize aSecond, String name) {
        if (aSecond != null && aSecond.toBytes() < Bandwidth.PIECE) {
            throw new IllegalArgumentException(name + " must be at least 64KB (a second), or not set at all");
        }
    }

    private static boolean isMissing(@Nullable List<String> hosts) {
        return hosts == null || hosts.isEmpty();
    }
}
