package app.kulti.recording.gateway.s3;

import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.gateway.playback.ObjectLinks;
import app.kulti.recording.gateway.playback.PlayLink;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Links by query parameters of AWS Signature Version 4: a computation, without a call to the store. */
final class S3ObjectLinks implements ObjectLinks {
    private final S3Presigner presigner;
    private final String bucket;

    S3ObjectLinks(S3Presigner presigner, String bucket) {
        this.presigner = presigner;
        this.bucket = bucket;
    }

    @Override
    public PlayLink to(String objectKey, Duration validity, @Nullable String disposition) {
        var signed = presigner.presignGetObject(link -> link.signatureDuration(validity)
                .getObjectRequest(get -> get.bucket(bucket).key(objectKey)
                        .responseContentType("video/mp4")
                        .responseContentDisposition(disposition)));
        return new PlayLink(new SignedUrl(URI.create(signed.url().toString())), signed.expiration());
    }
}
