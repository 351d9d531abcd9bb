package app.kulti.recording.mirror.s3;

import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** Whether the bucket is there and lets us in; for readiness, never for liveness. */
final class BucketHealth implements HealthIndicator {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final S3Client s3;
    private final String bucket;

    BucketHealth(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public Health health() {
        try {
            s3.headBucket(request -> request.bucket(bucket)
                    .overrideConfiguration(call -> call.apiCallTimeout(LIMIT)));
            return Health.up().build();
        } catch (SdkException e) {
            return Health.down().withDetail("error", S3Failure.inWords(e)).build();
        }
    }
}
