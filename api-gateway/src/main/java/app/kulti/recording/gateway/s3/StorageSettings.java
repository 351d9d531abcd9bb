package app.kulti.recording.gateway.s3;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Where films lie, as whoever plays them reaches it.
 *
 * @param endpoint  {@code https://<ref>.storage.supabase.co/storage/v1/s3}
 * @param region    the project's
 * @param accessKey an S3 access key of the project; a link is signed with it
 * @param secretKey the key's secret
 * @param bucket    the bucket of recordings
 */
@Validated
@ConfigurationProperties("kulti.storage")
record StorageSettings(
        @NotNull(message = "is missing (KULTI_STORAGE_ENDPOINT): https://<ref>.storage.supabase.co/storage/v1/s3") URI endpoint,
        @NotBlank(message = "is missing (KULTI_STORAGE_REGION)") String region,
        @NotBlank(message = "is missing (KULTI_STORAGE_ACCESSKEY)") String accessKey,
        @NotBlank(message = "is missing (KULTI_STORAGE_SECRETKEY)") String secretKey,
        @DefaultValue("recordings") @NotBlank(message = "is blank (KULTI_STORAGE_BUCKET)") String bucket) {

    // Validation asks all questions, also when an answer is missing.
    @AssertTrue(message = "is no http or https address (KULTI_STORAGE_ENDPOINT)")
    @SuppressWarnings("NullAway") // bound, and only then found to be missing
    boolean isEndpointReachable() {
        return endpoint == null || "https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme());
    }

    /** What a link is signed with. */
    AwsCredentialsIdentity credentials() {
        return AwsCredentialsIdentity.create(accessKey, secretKey);
    }

    /** No keys. */
    @Override
    public String toString() {
        return "StorageSettings[endpoint=%s, bucket=%s]".formatted(endpoint, bucket);
    }
}
