package app.kulti.recording.mirror;

import app.kulti.recording.infra.local.testing.RealS3;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What lies in a bucket of the shared S3 server, seen by somebody who is not the mirror. */
public record BucketContent(S3Client s3, String bucket) {
    private static final class Shared {
        private static final S3Client CLIENT = client();
    }

    public static BucketContent of(String bucket) {
        return new BucketContent(Shared.CLIENT, bucket);
    }

    public List<String> keys() {
        return s3.listObjectsV2Paginator(request -> request.bucket(bucket)).contents().stream().map(S3Object::key)
                .toList();
    }

    public int unfinishedUploads() {
        return s3.listMultipartUploads(request -> request.bucket(bucket)).uploads().size();
    }

    public HeadObjectResponse head(String key) {
        return s3.headObject(request -> request.bucket(bucket).key(key));
    }

    public String sha256(String key) {
        try (var object = s3.getObject(request -> request.bucket(bucket).key(key));
                var digest = new DigestInputStream(object, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static S3Client client() {
        var storage = RealS3.shared();
        return S3Client.builder().endpointOverride(storage.endpoint()).region(Region.of(storage.region()))
                .forcePathStyle(true).credentialsProvider(StaticCredentialsProvider
                        .create(AwsBasicCredentials.create(storage.accessKey(), storage.secretKey())))
                .build();
    }
}
