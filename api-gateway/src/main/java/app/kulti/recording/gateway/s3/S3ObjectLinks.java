package app.kulti.recording.gateway.s3;

import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.gateway.playback.ObjectLinks;
import app.kulti.recording.gateway.playback.PlayLink;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * Links by query parameters of AWS Signature Version 4: a computation, without a call to the store. A page of a list has twenty
 * of them, so they are signed directly: the SDK's presigner makes the same links, and spends more than half of its time on
 * finding out where the store is.
 */
final class S3ObjectLinks implements ObjectLinks {
    private static final Pattern END = Pattern.compile("/+$");

    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final StorageSettings settings;
    private final AwsCredentialsIdentity credentials;
    private final String bucketPath;
    private final Clock clock;

    S3ObjectLinks(StorageSettings settings, Clock clock) {
        this.settings = settings;
        this.credentials = settings.credentials();
        // Supabase Storage routes by path only.
        var path = Objects.requireNonNullElse(settings.endpoint().getRawPath(), "");
        this.bucketPath = END.matcher(path).replaceFirst("") + "/" + settings.bucket() + "/";
        this.clock = clock;
    }

    @Override
    public PlayLink to(String objectKey, Duration validity, @Nullable String disposition) {
        var now = clock.instant();
        var signed = signer.sign(sign -> link(sign, objectKey, validity, disposition)
                .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, clock.getZone())));
        return new PlayLink(new SignedUrl(signed.request().getUri()), now.plus(validity));
    }

    private SignRequest.Builder<AwsCredentialsIdentity> link(SignRequest.Builder<AwsCredentialsIdentity> sign,
            String objectKey, Duration validity, @Nullable String disposition) {
        return sign.identity(credentials)
                .request(request(objectKey, disposition))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(AwsV4HttpSigner.REGION_NAME, settings.region())
                .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, validity)
                // S3 takes paths as they are, and a link has no body.
                .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false);
    }

    private SdkHttpRequest request(String objectKey, @Nullable String disposition) {
        var request = SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(settings.endpoint())
                .encodedPath(bucketPath + SdkHttpUtils.urlEncodeIgnoreSlashes(objectKey))
                .putRawQueryParameter("response-content-type", "video/mp4");
        if (disposition != null) {
            request.putRawQueryParameter("response-content-disposition", disposition);
        }
        return request.build();
    }
}
