package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.mirror.mirroring.plan.CopyPlan;
import java.util.HashSet;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies a film, or finds that it has been copied, and proves it either way. */
public final class FilmCopy {
    private static final Logger log = LoggerFactory.getLogger(FilmCopy.class);
    /**
     * How often a plan may turn out void, as it does when two workers are on one film, before the copy is left for
     * later.
     */
    private static final int MOST_STARTS = 3;

    private final CopyTools tools;

    /**
     * A copier for any number of films at a time.
     *
     * @param buffers with room for the largest part
     * @param nanos   runs on evenly, as {@link System#nanoTime()}
     */
    public FilmCopy(Source source, Bucket bucket, Plans plans, Reports reports, PartBuffers buffers, Patience patience,
            CopySettings settings, CopyWatch watch, LongSupplier nanos) {
        tools = new CopyTools(source, bucket, plans, reports, buffers, patience, settings, watch, nanos);
    }

    /**
     * Copies, on as many virtual threads as it takes; an interrupt ends it at once, and another copy goes on from
     * there.
     */
    public Ending run(CopyOrder order) throws InterruptedException {
        var progress = Progress.begin(order, tools);
        Ending ending = new Ending.HandedOver();
        try {
            ending = attempt(order, progress);
            return ending;
        } finally {
            progress.ended(ending);
        }
    }

    /** To be called once the ending is known to the processor: only then nobody needs the plan any more. */
    public void forget(CopyOrder order) {
        try {
            tools.plans().remove(order.recordingId());
        } catch (Trouble | CannotCopy e) {
            // It costs a few hundred bytes until the recording is removed or copied anew.
            log.warn("The plan of {} stays: {}", order.objectKey(), e.getMessage());
        }
    }

    private Ending attempt(CopyOrder order, Progress progress) throws InterruptedException {
        try {
            var voidUploads = new HashSet<String>();
            while (voidUploads.size() < MOST_STARTS) {
                var plan = tools.plans().find(order.recordingId())
                        .filter(found -> found.sourceIdentity().equals(order.sourceIdentity()));
                var finished = finished(order, plan);
                if (finished.isPresent()) {
                    return finished.get();
                }
                var upload = new Upload(order, tools);
                try {
                    return new Trip(order, tools, progress, upload)
                            .make(plan.filter(found -> !voidUploads.contains(found.uploadId())).orElse(null));
                } catch (PlanVoid e) {
                    log.info("Beginning anew with {}: {}", order.objectKey(), e.getMessage());
                    voidUploads.add(upload.id());
                    upload.abort();
                }
            }
            return new Ending.NotNow(Fault.CONTENTION,
                    "it had to be begun anew too often: another worker may be on the same film");
        } catch (CannotCopy e) {
            return e.ending();
        } catch (Patience.Exhausted e) {
            return e.ending();
        } catch (Trouble e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return e.ending();
        }
    }

    /** A finished object counts only for the source that it names. */
    private Optional<Ending> finished(CopyOrder order, Optional<CopyPlan> plan) throws Trouble, CannotCopy {
        var declared = order.declaredSize();
        return tools.bucket().find(order.objectKey())
                .filter(film -> film.isCopyFor(order) && (declared == null || declared == film.size()))
                .map(film -> new Ending.Verified(film.size(), plan.filter(found -> found.length() == film.size())
                        .map(CopyPlan::crc32c).orElse(null)));
    }
}
