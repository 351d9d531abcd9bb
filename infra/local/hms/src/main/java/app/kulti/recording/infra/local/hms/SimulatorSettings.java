package app.kulti.recording.infra.local.hms;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the simulator as a whole needs to know.
 *
 * @param data          folder of rooms, recordings and movies; a later process on the same folder finds them again
 * @param accessKey     that management tokens name
 * @param appSecret     that they are signed with, at least 32 bytes; also signs links to files
 * @param maxRecordings beyond this the oldest finished one is forgotten, with its file
 * @param maxRequests   answered at the same time, downloads included; others get 503
 * @param dieWithParent whether the process ends when its standard input does, as it does when the parent dies
 */
@ConfigurationProperties("kulti.simulator")
record SimulatorSettings(@DefaultValue("hms-simulator-data") Path data,
        @DefaultValue("local-access-key") String accessKey,
        @DefaultValue("local-app-secret-of-the-100ms-simulator") String appSecret,
        @DefaultValue("20000") int maxRecordings, @DefaultValue("1000") int maxRequests,
        @DefaultValue("false") boolean dieWithParent) {

    SimulatorSettings {
        if (accessKey.isBlank()) {
            throw new IllegalArgumentException("kulti.simulator.access-key (KULTI_SIMULATOR_ACCESSKEY) is missing");
        }
        if (appSecret.getBytes(StandardCharsets.UTF_8).length < 32) {
            throw new IllegalArgumentException(
                    "kulti.simulator.app-secret (KULTI_SIMULATOR_APPSECRET) needs at least 32 bytes, as HS256 does");
        }
        if (maxRecordings < 1 || maxRequests < 1) {
            throw new IllegalArgumentException("kulti.simulator.max-recordings and .max-requests must be at least 1");
        }
    }
}
