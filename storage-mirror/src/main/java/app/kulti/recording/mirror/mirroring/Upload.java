package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.mirror.mirroring.plan.CopyPlan;
import app.kulti.recording.mirror.mirroring.plan.StoredPart;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The unfinished upload of one copy, from its beginning to the proof that it became the object it should be. */
final class Upload {
    private static final Logger log = LoggerFactory.getLogger(Upload.class);

    private final CopyOrder order;
    private final CopyTools tools;
    private volatile @Nullable String uploadId;
    /** Whether parts of it may have been sent more than once. */
    private volatile boolean sentAgain;

    Upload(CopyOrder order, CopyTools tools) {
        this.order = order;
        this.tools = tools;
    }

    /** Goes on with one that another worker began. */
    void resume(String begun) {
        uploadId = begun;
        sentAgain = true;
    }

    String begin() throws Trouble, CannotCopy {
        var begun = tools.bucket().begin(order.objectKey(), order.recordingId(), order.sourceIdentity());
        uploadId = begun;
        return begun;
    }

    String id() {
        return Objects.requireNonNullElse(uploadId, "");
    }

    /** Stores a part and compares what the bucket says it got with what was sent. */
    StoredPart store(int number, PartBuffer part)
            throws CannotCopy, PlanVoid, Patience.Exhausted, InterruptedException {
        var sent = new AtomicBoolean();
        return tools.patience().with(() -> {
            if (sent.getAndSet(true)) {
                sentAgain = true;
            }
            var etag = send(number, part);
            if (!etag.replace("\"", "").toLowerCase(Locale.ROOT).equals(part.md5())) {
                throw new Trouble(Fault.BUCKET,
                        "the bucket has other bytes for part %d than were sent".formatted(number));
            }
            return new StoredPart(number, part.size(), etag, part.md5(), part.crc32c());
        });
    }

    /** Supabase counts a part as often as it was sent; a film is too large only if it is so without that. */
    private String send(int number, PartBuffer part) throws Trouble, CannotCopy, PlanVoid {
        try {
            return tools.bucket().store(order.objectKey(), id(), number, part);
        } catch (CannotCopy e) {
            if (sentAgain && e.ending() instanceof Ending.Refused) {
                throw new PlanVoid("the bucket has no room for parts that were sent again");
            }
            throw e;
        }
    }

    /** Makes the object of its parts, unless that has been done, and looks that it is there. */
    Ending complete(CopyPlan plan) throws CannotCopy, PlanVoid, Patience.Exhausted, InterruptedException {
        // First, so that whoever finds the object finds its sum, too.
        tools.patience().with(() -> {
            tools.plans().save(order.recordingId(), plan);
            return plan;
        });
        tools.patience().with(() -> {
            try {
                tools.bucket().complete(order.objectKey(), id(), plan.stored().values().stream().toList());
            } catch (Trouble | PlanVoid e) {
                // Completing twice fails even if the first time did it and only the answer was lost.
                if (!isThere(plan)) {
                    throw e;
                }
            }
            return plan;
        });
        if (!tools.patience().with(() -> isThere(plan))) {
            return new Ending.NotNow(Fault.BUCKET, "the bucket does not show the object that it has acknowledged");
        }
        giveUpOthers();
        return new Ending.Verified(plan.length(), plan.crc32c());
    }

    private boolean isThere(CopyPlan plan) throws Trouble, CannotCopy {
        return tools.bucket().find(order.objectKey())
                .filter(film -> film.isCopyFor(order) && film.size() == plan.length()).isPresent();
    }

    /**
     * What others have begun for this key, and left or not yet left, must not come out later on top of a verified copy.
     */
    private void giveUpOthers() {
        try {
            tools.bucket().abortAll(order.objectKey());
        } catch (Trouble | CannotCopy e) {
            log.warn("Unfinished uploads of {} may be left: {}", order.objectKey(), e.getMessage());
        }
    }

    /** Gives up what was stored. */
    void abort() {
        var begun = uploadId;
        if (begun != null) {
            try {
                tools.bucket().abort(order.objectKey(), begun);
            } catch (Trouble | CannotCopy e) {
                log.warn("An unfinished upload of {} is left: {}", order.objectKey(), e.getMessage());
            }
        }
    }

    /** Gives up what was stored, and what was noted about it. */
    void discard() {
        abort();
        try {
            tools.plans().remove(order.recordingId());
        } catch (Trouble | CannotCopy e) {
            log.warn("The plan of {} is left: {}", order.objectKey(), e.getMessage());
        }
    }
}
