package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.mirror.mirroring.plan.StoredPart;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Hands everything on to a bucket; tests change what they want changed. */
class BucketBehind implements Bucket {
    private final Bucket bucket;

    BucketBehind(Bucket bucket) {
        this.bucket = bucket;
    }

    @Override
    public Optional<Film> find(String key) throws Trouble, CannotCopy {
        return bucket.find(key);
    }

    @Override
    public String begin(String key, RecordingId recordingId, String sourceIdentity) throws Trouble, CannotCopy {
        return bucket.begin(key, recordingId, sourceIdentity);
    }

    @Override
    public String store(String key, String uploadId, int number, PartBuffer part)
            throws Trouble, CannotCopy, PlanVoid {
        return bucket.store(key, uploadId, number, part);
    }

    @Override
    public void complete(String key, String uploadId, List<StoredPart> parts) throws Trouble, CannotCopy, PlanVoid {
        bucket.complete(key, uploadId, parts);
    }

    @Override
    public void abort(String key, String uploadId) throws Trouble, CannotCopy {
        bucket.abort(key, uploadId);
    }

    @Override
    public void abortAll(String key) throws Trouble, CannotCopy {
        bucket.abortAll(key);
    }

    @Override
    public List<Unfinished> unfinished() throws Trouble, CannotCopy {
        return bucket.unfinished();
    }

    @Override
    public Optional<Instant> lastStored(Unfinished upload) throws Trouble, CannotCopy {
        return bucket.lastStored(upload);
    }

    @Override
    public void remove(String key) throws Trouble, CannotCopy {
        bucket.remove(key);
    }
}
