package app.kulti.recording.infra.bench.list;

import app.kulti.recording.infra.local.run.Credentials;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * Somebody who lists their recordings.
 *
 * @param sees how many they have in all
 */
record ListReader(UUID id, String token, int sees) {
    private static final Duration TOKEN_LIFE = Duration.ofHours(1);

    static ListReader who(int sees) {
        var id = UUID.randomUUID();
        var now = Instant.now();
        return new ListReader(id, Credentials.token(id, now, now.plus(TOKEN_LIFE)), sees);
    }

    /** The claims as the gateway passes them on. */
    String claims() {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    }
}
