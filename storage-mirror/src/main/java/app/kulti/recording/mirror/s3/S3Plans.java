package app.kulti.recording.mirror.s3;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.wire.EventJson;
import app.kulti.recording.mirror.mirroring.CannotCopy;
import app.kulti.recording.mirror.mirroring.Plans;
import app.kulti.recording.mirror.mirroring.Trouble;
import app.kulti.recording.mirror.mirroring.plan.CopyPlan;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The plans, as JSON under {@code .copies/} in the bucket that the copies go to. */
final class S3Plans implements Plans {
    private static final Logger log = LoggerFactory.getLogger(S3Plans.class);

    private final S3Client s3;
    private final String bucket;
    private final JsonMapper json = EventJson.mapper();

    S3Plans(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public Optional<CopyPlan> find(RecordingId recordingId) throws Trouble, CannotCopy {
        try {
            var found = s3.getObjectAsBytes(request -> request.bucket(bucket).key(keyOf(recordingId)));
            return Optional.of(json.readValue(found.asByteArrayUnsafe(), CopyPlan.class));
        } catch (JacksonException _) {
            log.warn("The plan {} cannot be read; the copy begins anew", keyOf(recordingId));
            return Optional.empty();
        } catch (SdkException e) {
            if (S3Failure.isNotFound(e)) {
                return Optional.empty();
            }
            throw S3Failure.of(e);
        }
    }

    @Override
    public void save(RecordingId recordingId, CopyPlan plan) throws Trouble, CannotCopy {
        try {
            s3.putObject(request -> request.bucket(bucket).key(keyOf(recordingId)).contentType("application/json"),
                    RequestBody.fromBytes(json.writeValueAsBytes(plan)));
        } catch (SdkException e) {
            throw S3Failure.of(e);
        }
    }

    @Override
    public void remove(RecordingId recordingId) throws Trouble, CannotCopy {
        try {
            s3.deleteObject(request -> request.bucket(bucket).key(keyOf(recordingId)));
        } catch (SdkException e) {
            if (!S3Failure.isNotFound(e)) {
                throw S3Failure.of(e);
            }
        }
    }

    private static String keyOf(RecordingId recordingId) {
        return ".copies/" + recordingId + ".json";
    }
}
