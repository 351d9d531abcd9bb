package app.kulti.recording.mirror.s3;

import app.kulti.recording.mirror.mirroring.Bucket;
import app.kulti.recording.mirror.mirroring.Plans;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.springframework.boot.health.contributor.HealthIndicator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** One bucket at one S3 server, and all that is done there. */
final class Storage implements AutoCloseable {
    private static final Duration CALL = Duration.ofSeconds(60);
    private static final Duration ATTEMPT = Duration.ofSeconds(20);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Calls other than parts are short. */
    private static final int CONNECTIONS = 32;
    /** The copies bound themselves; this only must not be less. */
    private static final int PART_CONNECTIONS = 64 * 64;

    private final S3Client s3;
    private final S3Presigner presigner;
    private final PartSender parts;
    private final String bucket;

    /** Connects to nothing yet. */
    Storage(StorageSettings settings) {
        var credentials = StaticCredentialsProvider
                .create(AwsBasicCredentials.create(settings.accessKey(), settings.secretKey()));
        var region = Region.of(settings.region());
        bucket = settings.bucket();
        s3 = S3Client.builder()
                .endpointOverride(settings.endpoint())
                .region(region)
                .credentialsProvider(credentials)
                .forcePathStyle(true)
                // Supabase reads checksums past and stores none; older ones stored them in the file.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(CONNECTIONS).connectionTimeout(CONNECT)
                        // The longest silence is a complete's, which has its own limit per call.
                        .socketTimeout(Duration.ofHours(1)))
                .overrideConfiguration(override -> override.apiCallTimeout(CALL).apiCallAttemptTimeout(ATTEMPT)
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .retryOnException(e -> e instanceof AwsServiceException answer
                                        && S3Failure.mayPass(answer.statusCode()))
                                .build()))
                .build();
        presigner = S3Presigner.builder()
                .endpointOverride(settings.endpoint())
                .region(region)
                .credentialsProvider(credentials)
                .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build();
        parts = new PartSender(PART_CONNECTIONS);
    }

    /** The copies. */
    Bucket copies() {
        return new S3Bucket(s3, presigner, parts, bucket);
    }

    /** The plans beside them. */
    Plans plans() {
        return new S3Plans(s3, bucket);
    }

    /** Whether a copy could be made. */
    BucketTrial trial() {
        return new BucketTrial(s3, bucket, UUID::randomUUID);
    }

    /** Whether the bucket answers. */
    HealthIndicator health() {
        return new BucketHealth(s3, bucket);
    }

    @Override
    public void close() throws IOException {
        parts.close();
        presigner.close();
        s3.close();
    }
}
