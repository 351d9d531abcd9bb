package app.kulti.recording.mirror.s3;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.mirror.mirroring.Bucket;
import app.kulti.recording.mirror.mirroring.CannotCopy;
import app.kulti.recording.mirror.mirroring.Fault;
import app.kulti.recording.mirror.mirroring.PartBuffer;
import app.kulti.recording.mirror.mirroring.PlanVoid;
import app.kulti.recording.mirror.mirroring.Trouble;
import app.kulti.recording.mirror.mirroring.plan.StoredPart;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The copies in the bucket. Uses only what Supabase Storage implements: a call with a sub-resource that it does not
 * know (tagging, ACL, attributes) is taken for a plain PUT or DELETE there and destroys the object.
 */
final class S3Bucket implements Bucket {
    private static final Duration PART_URL_LIVES = Duration.ofHours(1);
    /** Some servers look through the whole file before they answer, at 100 MB/s and more. */
    private static final Duration COMPLETE = Duration.ofMinutes(1);
    private static final Duration COMPLETE_PER_GIB = Duration.ofSeconds(20);
    private static final long GIB = 1L << 30;

    private final S3Client s3;
    private final S3Presigner presigner;
    private final PartSender parts;
    private final String bucket;

    S3Bucket(S3Client s3, S3Presigner presigner, PartSender parts, String bucket) {
        this.s3 = s3;
        this.presigner = presigner;
        this.parts = parts;
        this.bucket = bucket;
    }

    @Override
    public Optional<Film> find(String key) throws Trouble, CannotCopy {
        try {
            var head = s3.headObject(request -> request.bucket(bucket).key(key));
            // Supabase says no length of an object without bytes.
            var size = head.contentLength() == null ? 0 : head.contentLength();
            return Optional.of(new Film(size, Marks.recordingId(head.metadata()),
                    Marks.sourceIdentity(head.metadata())));
        } catch (SdkException e) {
            if (S3Failure.isNotFound(e)) {
                return Optional.empty();
            }
            throw S3Failure.of(e);
        }
    }

    @Override
    public String begin(String key, RecordingId recordingId, String sourceIdentity) throws Trouble, CannotCopy {
        try {
            return s3.createMultipartUpload(request -> request.bucket(bucket).key(key).contentType("video/mp4")
                    .cacheControl("max-age=3600").metadata(Marks.of(recordingId, sourceIdentity))).uploadId();
        } catch (SdkException e) {
            throw S3Failure.of(e);
        }
    }

    @Override
    public String store(String key, String uploadId, int number, PartBuffer part)
            throws Trouble, CannotCopy, PlanVoid {
        try {
            return parts.send(urlOf(key, uploadId, number), part);
        } catch (PartSender.Broken e) {
            checkIsThere(key, uploadId);
            throw new Trouble(Fault.BUCKET, "the connection to the bucket broke", e);
        }
    }

    private URI urlOf(String key, String uploadId, int number) {
        var signed = presigner.presignUploadPart(presign -> presign.signatureDuration(PART_URL_LIVES)
                .uploadPartRequest(part -> part.bucket(bucket).key(key).uploadId(uploadId).partNumber(number)));
        return URI.create(signed.url().toString());
    }

    /**
     * Supabase closes the connection over a body that it will not read, and its reason is lost; asked without a body it
     * gives it.
     */
    private void checkIsThere(String key, String uploadId) throws Trouble, CannotCopy, PlanVoid {
        try {
            s3.listParts(request -> request.bucket(bucket).key(key).uploadId(uploadId).maxParts(1));
        } catch (SdkException e) {
            throw S3Failure.ofUpload(e);
        }
    }

    @Override
    public void complete(String key, String uploadId, List<StoredPart> stored) throws Trouble, CannotCopy, PlanVoid {
        var limit = COMPLETE.plus(COMPLETE_PER_GIB
                .multipliedBy(stored.stream().mapToLong(StoredPart::size).sum() / GIB));
        try {
            s3.completeMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(uploadId)
                    .multipartUpload(upload -> upload.parts(stored.stream()
                            .map(part -> CompletedPart.builder().partNumber(part.number()).eTag(part.etag()).build())
                            .toList()))
                    .overrideConfiguration(call -> call.apiCallTimeout(limit).apiCallAttemptTimeout(limit)));
        } catch (SdkException e) {
            throw S3Failure.ofUpload(e);
        }
    }

    @Override
    public void abort(String key, String uploadId) throws Trouble, CannotCopy {
        try {
            s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(uploadId));
        } catch (SdkException e) {
            if (!S3Failure.isNotFound(e)) {
                throw S3Failure.of(e);
            }
        }
    }

    @Override
    public void abortAll(String key) throws Trouble, CannotCopy {
        for (var upload : unfinished(key)) {
            if (upload.key().equals(key)) {
                abort(key, upload.uploadId());
            }
        }
    }

    @Override
    public List<Unfinished> unfinished() throws Trouble, CannotCopy {
        return unfinished("");
    }

    private List<Unfinished> unfinished(String prefix) throws Trouble, CannotCopy {
        try {
            return s3.listMultipartUploadsPaginator(request -> request.bucket(bucket).prefix(prefix)).uploads().stream()
                    .map(upload -> new Unfinished(upload.key(), upload.uploadId(), known(upload.initiated())))
                    .toList();
        } catch (SdkException e) {
            throw S3Failure.of(e);
        }
    }

    /** Some servers write the epoch where they mean that they do not know. */
    private static @Nullable Instant known(@Nullable Instant time) {
        return Instant.EPOCH.equals(time) ? null : time;
    }

    @Override
    public Optional<Instant> lastStored(Unfinished upload) throws Trouble, CannotCopy {
        try {
            return s3
                    .listPartsPaginator(request -> request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()))
                    .parts().stream().map(part -> Objects.requireNonNullElse(known(part.lastModified()), Instant.MAX))
                    .max(Comparator.naturalOrder());
        } catch (SdkException e) {
            if (S3Failure.isNotFound(e)) {
                return Optional.empty();
            }
            throw S3Failure.of(e);
        }
    }

    @Override
    public void remove(String key) throws Trouble, CannotCopy {
        try {
            s3.deleteObject(request -> request.bucket(bucket).key(key));
        } catch (SdkException e) {
            if (!S3Failure.isNotFound(e)) {
                throw S3Failure.of(e);
            }
        }
    }
}
