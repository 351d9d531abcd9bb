package app.kulti.recording.mirror.s3;

import java.time.Duration;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import software.amazon.awssdk.services.s3.S3Client;

/** Whether the bucket is there and lets us in; for readiness, never for liveness. */
final class BucketHealth extends AbstractHealthIndicator {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final S3Client s3;
    private final String bucket;

    BucketHealth(S3Client s3, String bucket) {
        super("The bucket does not answer");
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        s3.headBucket(request -> request.bucket(bucket)
                .overrideConfiguration(call -> call.apiCallTimeout(LIMIT)));
        builder.up();
    }
}
