package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import app.kulti.recording.mirror.mirroring.plan.ByteRange;
import app.kulti.recording.mirror.mirroring.plan.CopyPlan;
import app.kulti.recording.mirror.mirroring.plan.FirstLook;
import app.kulti.recording.mirror.mirroring.plan.Flaw;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One way from the source's first byte, or from where a plan left off, to the finished object: finds out how to go, and
 * goes.
 */
final class Trip {
    private final CopyOrder order;
    private final CopyTools tools;
    private final Progress progress;
    private final Upload upload;
    private final PartBuffers.Share room;

    Trip(CopyOrder order, CopyTools tools, Progress progress, Upload upload) {
        this.order = order;
        this.tools = tools;
        this.progress = progress;
        this.upload = upload;
        room = tools.buffers().share();
    }

    /** Copies what {@code plan} does not have; without a plan, all. */
    Ending make(@Nullable CopyPlan plan)
            throws Trouble, CannotCopy, PlanVoid, Patience.Exhausted, InterruptedException {
        progress.from(plan == null ? 0 : plan.storedBytes());
        try {
            if (plan != null) {
                upload.resume(plan.uploadId());
                if (plan.missing().isEmpty()) {
                    return upload.complete(plan);
                }
                if (plan.sourceEtag() == null) {
                    throw new PlanVoid("nothing tells whether the source is still the file that was begun");
                }
                return open(plan, plan.partSize());
            }
            var declared = order.declaredSize();
            if (declared != null) {
                checkLength(declared);
            }
            return open(null, tools.settings().partSize().of(declared == null ? 0 : declared));
        } catch (CannotCopy e) {
            if (e.ending() instanceof Ending.Refused) {
                upload.discard();
            }
            throw e;
        }
    }

    /** Opens the first part that is missing, which tells all the rest: length, ETag, and whether there are ranges. */
    private Ending open(@Nullable CopyPlan plan, long partSize)
            throws Trouble, CannotCopy, PlanVoid, Patience.Exhausted, InterruptedException {
        var range = plan == null ? new ByteRange(0, partSize) : plan.range(plan.missing().getFirst());
        var etag = plan == null ? null : plan.sourceEtag();
        long length;
        try (var buffer = room.take(partSize);
                var slice = tools.patience().with(() -> tools.source().open(order.currentUrl(), range, etag))) {
            checkType(slice);
            var total = slice.total();
            if (total.isPresent()) {
                checkLength(total.getAsLong());
                progress.total(total.getAsLong());
            }
            if (plan == null && !(slice.isRange() && total.isPresent())) {
                return new InOneStream(order, tools, progress, upload, partSize, room).copy(buffer, slice);
            }
            if (plan != null) {
                if (!slice.isRange() || !plan.matches(slice.etag(), total.orElse(-1))) {
                    throw new PlanVoid("the source shows another file than before");
                }
                return new PartByPart(order, tools, progress, upload, plan, room).copy(buffer, slice);
            }
            length = total.getAsLong();
            if (tools.settings().partSize().of(length) == partSize) {
                look(slice, buffer, length);
                var begun = CopyPlan.begin(upload.begin(), order.sourceIdentity(), slice.etag(), length, partSize);
                return new PartByPart(order, tools, progress, upload, begun, room).copy(buffer, slice);
            }
        }
        return open(null, tools.settings().partSize().of(length));
    }

    /** A page has another length than the film, which is not what is wrong with it. */
    private static void checkType(Source.Slice slice) throws CannotCopy {
        var flaw = FirstLook.at(slice.contentType());
        if (flaw.isPresent()) {
            throw new CannotCopy(new Ending.Refused(flaw.get()));
        }
    }

    /** Stores nothing of what is no film at first sight. */
    static void look(Source.Slice slice, PartBuffer buffer, long length) throws Trouble, CannotCopy {
        buffer.fill(slice, Math.min(FirstLook.ENOUGH, length));
        var flaw = FirstLook.at(buffer.firstBlock(), (int) buffer.size());
        if (flaw.isPresent()) {
            throw new CannotCopy(new Ending.Refused(flaw.get()));
        }
    }

    /** What the source says of its length must be what 100ms said, and something that the bucket can take. */
    private void checkLength(long length) throws CannotCopy {
        var longest = tools.settings().partSize().longestFile();
        if (length > longest) {
            throw new CannotCopy(new Ending.Refused(RefusedBecause.TOO_LARGE,
                    "%d bytes do not fit into the parts of one upload, which take %d".formatted(length, longest)));
        }
        var flaw = differs(order.declaredSize(), OptionalLong.of(length));
        if (flaw != null) {
            throw new CannotCopy(new Ending.Refused(flaw));
        }
    }

    static @Nullable Flaw differs(@Nullable Long declared, OptionalLong length) {
        if (declared == null || length.isEmpty() || length.getAsLong() == declared) {
            return null;
        }
        if (length.getAsLong() == 0) {
            return new Flaw(RefusedBecause.EMPTY, "the file has no bytes");
        }
        return new Flaw(length.getAsLong() < declared ? RefusedBecause.CUT_SHORT : RefusedBecause.SIZE_DIFFERS,
                "the source has %d bytes where 100ms declared %d".formatted(length.getAsLong(), declared));
    }
}
