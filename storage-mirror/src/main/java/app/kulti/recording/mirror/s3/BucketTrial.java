package app.kulti.recording.mirror.s3;

import app.kulti.recording.infra.observability.checking.Finding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Looks for the bucket with the keys that copies use, and puts a few bytes of either type that copies need there. */
final class BucketTrial {
    static final String FOLDER = ".checks/";
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final AwsRequestOverrideConfiguration BRIEFLY = AwsRequestOverrideConfiguration.builder()
            .apiCallTimeout(LIMIT).build();
    private static final byte[] FILM = "\0\0\0\10ftyp".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PLAN = "{}".getBytes(StandardCharsets.US_ASCII);

    private final S3Client s3;
    private final String bucket;
    private final Supplier<UUID> names;

    BucketTrial(S3Client s3, String bucket, Supplier<UUID> names) {
        this.s3 = s3;
        this.bucket = bucket;
        this.names = names;
    }

    /** Does what a copy does, with a few bytes that are gone afterwards; blocks for some seconds at most. */
    List<Finding> run() {
        var findings = new ArrayList<Finding>();
        findings.add(find());
        if (findings.getFirst().ok()) {
            findings.add(store("video/mp4", ".mp4", FILM));
            findings.add(store("application/json", ".json", PLAN));
        }
        return List.copyOf(findings);
    }

    private Finding find() {
        var check = "the bucket %s is there and the S3 keys open it".formatted(bucket);
        try {
            s3.headBucket(request -> request.bucket(bucket).overrideConfiguration(BRIEFLY));
            return Finding.fine(check);
        } catch (SdkException e) {
            return Finding.wrong(check, S3Failure.inWords(e) + ": " + mend(e));
        }
    }

    /** HEAD has no body, so that its status is all there is to tell by. */
    private static String mend(SdkException e) {
        return switch (e instanceof AwsServiceException answer ? answer.statusCode() : 0) {
            case 404 -> "make the bucket, or set KULTI_STORAGE_BUCKET to the one that is meant";
            case 400, 401, 403 ->
                "compare KULTI_STORAGE_ACCESSKEY, KULTI_STORAGE_SECRETKEY and KULTI_STORAGE_REGION with the project's, "
                        + "and let the keys list the bucket";
            default -> "compare KULTI_STORAGE_ENDPOINT with the project's, and see whether it can be reached from here";
        };
    }

    private Finding store(String type, String ending, byte[] bytes) {
        var check = "the bucket takes " + type;
        var key = FOLDER + names.get() + ending;
        try {
            s3.putObject(request -> request.bucket(bucket).key(key).contentType(type).overrideConfiguration(BRIEFLY),
                    RequestBody.fromBytes(bytes));
            s3.deleteObject(request -> request.bucket(bucket).key(key).overrideConfiguration(BRIEFLY));
            return Finding.fine(check);
        } catch (SdkException e) {
            return Finding.wrong(check, "%s: allow %s in the bucket's settings".formatted(S3Failure.inWords(e), type));
        }
    }
}
