package app.kulti.recording.mirror.source;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where films may be read from.
 *
 * @param allowedHosts see {@link AllowedHosts}
 */
@ConfigurationProperties("kulti.mirror")
record SourceSettings(List<String> allowedHosts) {

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
    }

    private static boolean isMissing(@Nullable List<String> hosts) {
        return hosts == null || hosts.isEmpty();
    }
}
