package app.kulti.recording.mirror.s3;

import java.net.URI;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The bucket and the keys to it; missing or malformed values stop the service at boot.
 *
 * @param endpoint  {@code https://<ref>.storage.supabase.co/storage/v1/s3}
 * @param region    the project's; {@code us-east-1} is taken by every Supabase
 * @param accessKey an S3 access key of the project: it passes over row level security
 * @param secretKey its secret
 * @param bucket    where the copies go; it must exist, and take {@code video/mp4} and {@code application/json}
 */
@ConfigurationProperties("kulti.storage")
record StorageSettings(URI endpoint, @DefaultValue("us-east-1") String region, String accessKey,
        String secretKey, String bucket) {

    /** Checks that all is there. */
    StorageSettings {
        var wrong = new ArrayList<String>();
        if (isMissing(endpoint == null ? null : endpoint.toString())) {
            wrong.add("kulti.storage.endpoint (KULTI_STORAGE_ENDPOINT) is not set:"
                    + " the S3 endpoint, such as https://<ref>.storage.supabase.co/storage/v1/s3");
        } else if (endpoint.getHost() == null || !endpoint.getScheme().matches("https?")) {
            wrong.add("kulti.storage.endpoint (KULTI_STORAGE_ENDPOINT) must be an http or https URL with a host");
        }
        if (isMissing(region)) {
            wrong.add("kulti.storage.region (KULTI_STORAGE_REGION) must not be empty");
        }
        if (isMissing(accessKey)) {
            wrong.add("kulti.storage.accesskey (KULTI_STORAGE_ACCESSKEY) is not set: an S3 access key of the project");
        }
        if (isMissing(secretKey)) {
            wrong.add("kulti.storage.secretkey (KULTI_STORAGE_SECRETKEY) is not set: the secret of the access key");
        }
        if (isMissing(bucket)) {
            wrong.add("kulti.storage.bucket (KULTI_STORAGE_BUCKET) is not set: the bucket that the copies go to");
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
    }

    private static boolean isMissing(@Nullable String value) {
        return value == null || value.isBlank();
    }

    /** No secrets. */
    @Override
    public String toString() {
        return "StorageSettings[endpoint=%s, region=%s, bucket=%s]".formatted(endpoint, region, bucket);
    }
}
