package app.kulti.recording.infra.local.testing;

import app.kulti.recording.infra.local.LocalS3;
import app.kulti.recording.infra.local.Port;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The S3 server that all tests of this JVM share, started at first use; a process in any case, since the images at hand
 * do not check signatures. Tests keep apart by buckets of their own; one that kills its server starts its own with
 * {@link LocalS3}.
 */
public final class RealS3 {

    private static final class Shared {
        private static final RealS3 SERVER = new RealS3();
    }

    private final String accessKey = "test";
    private final String secretKey = UUID.randomUUID().toString();
    private final LocalS3 server = TestFolder.start("s3",
            folder -> LocalS3.start(folder, Port.any("S3"), accessKey, secretKey));
    private final AtomicInteger counter = new AtomicInteger();

    private RealS3() {}

    public static RealS3 shared() {
        return Shared.SERVER;
    }

    /** For path-style addresses, with a path of its own, as Supabase Storage's. */
    public URI endpoint() {
        return server.endpoint();
    }

    public String region() {
        return LocalS3.REGION;
    }

    public String accessKey() {
        return accessKey;
    }

    public String secretKey() {
        return secretKey;
    }

    /** The name of a new, empty bucket. */
    public String freshBucket() {
        var name = "test-" + counter.incrementAndGet();
        server.createBucket(name);
        return name;
    }
}
