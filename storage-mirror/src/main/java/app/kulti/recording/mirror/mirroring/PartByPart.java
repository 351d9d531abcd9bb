package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import app.kulti.recording.mirror.mirroring.plan.ByteRange;
import app.kulti.recording.mirror.mirroring.plan.CopyPlan;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Copies from a source that has ranges: several parts side by side, each read and stored by itself. */
final class PartByPart {
    private final CopyOrder order;
    private final CopyTools tools;
    private final Progress progress;
    private final Upload upload;
    private final CopyPlan plan;
    private final WalkInTurn walk;
    private final Queue<Integer> todo;
    private final PartBuffers.Share room;
    private final Semaphore ranges;
    private final int threads;
    private final Notes notes;

    PartByPart(CopyOrder order, CopyTools tools, Progress progress, Upload upload, CopyPlan plan,
            PartBuffers.Share room) {
        this.order = order;
        this.tools = tools;
        this.progress = progress;
        this.upload = upload;
        this.plan = plan;
        walk = new WalkInTurn(plan.stored(), plan.walk());
        todo = new ConcurrentLinkedQueue<>(plan.missing());
        this.room = room;
        ranges = new Semaphore(tools.settings().ranges(), true);
        threads = Math.min(tools.settings().partsInFlight(), todo.size());
        notes = new Notes(order, tools, plan, walk, threads);
    }

    /**
     * Copies all that is missing.
     *
     * @param buffer holds what was read of the first missing part, if anything
     * @param opened brings the rest of it
     */
    Ending copy(PartBuffer buffer, Source.Slice opened)
            throws Trouble, CannotCopy, PlanVoid, Patience.Exhausted, InterruptedException {
        var first = todo.remove();
        var done = plan;
        try (var crew = new Crew()) {
            crew.start(() -> {
                notes.keep();
                return null;
            });
            crew.start(() -> {
                notes.awaitTurn();
                try (buffer) {
                    part(first, buffer, opened);
                }
                parts();
                return null;
            });
            for (var others = threads - 1; others > 0; others--) {
                crew.start(() -> {
                    parts();
                    return null;
                });
            }
            crew.await(tools.settings().notesEvery(), progress::tick);
            done = walk.noted(plan);
        } finally {
            if (!done.missing().isEmpty()) {
                // Whoever goes on, goes on from here.
                notes.keepAtTheEnd();
            }
        }
        if (!done.missing().isEmpty()) {
            return new Ending.HandedOver();
        }
        var flaw = walk.flawOfTheWhole();
        if (flaw.isPresent()) {
            throw new CannotCopy(new Ending.Refused(flaw.get()));
        }
        return upload.complete(done);
    }

    private void parts() throws InterruptedException, CannotCopy, PlanVoid, Patience.Exhausted {
        while (!todo.isEmpty() && !order.stopping().getAsBoolean()) {
            notes.awaitTurn();
            // Room first, then the number: whoever has an early part has room for it, and those behind may wait for it.
            try (var buffer = room.take(plan.partSize())) {
                var number = order.stopping().getAsBoolean() ? null : todo.poll();
                if (number == null) {
                    notes.spareTurn();
                } else {
                    part(number, buffer, null);
                }
            }
        }
        notes.writerEnded();
    }

    private void part(int number, PartBuffer buffer, Source.@Nullable Slice opened)
            throws InterruptedException, CannotCopy, PlanVoid, Patience.Exhausted {
        var range = plan.range(number);
        ranges.acquire();
        try {
            read(range, buffer, opened);
        } finally {
            ranges.release();
        }
        progress.read(buffer.size());
        walk.note(upload.store(number, buffer), range, buffer);
        progress.stored(buffer.size());
        notes.stored();
    }

    private void read(ByteRange range, PartBuffer buffer, Source.@Nullable Slice opened)
            throws CannotCopy, PlanVoid, InterruptedException, Patience.Exhausted {
        var slices = new ConcurrentLinkedQueue<Source.Slice>();
        if (opened != null) {
            slices.add(opened);
        }
        try {
            tools.patience().with(() -> {
                var begun = slices.poll();
                if (begun == null) {
                    buffer.clear();
                }
                try (var slice = begun == null ? reopen(range) : begun) {
                    buffer.fill(slice, range.length());
                }
                if (buffer.size() < range.length()) {
                    throw new CutShort(range.from() + buffer.size(), null);
                }
                return buffer;
            });
        } catch (Patience.Exhausted e) {
            if (e.alwaysCutAtTheSameByte()) {
                throw new CannotCopy(new Ending.Refused(RefusedBecause.CUT_SHORT,
                        "the source ends before byte %d of %d".formatted(range.end(), plan.length())));
            }
            throw e;
        }
    }

    private Source.Slice reopen(ByteRange range) throws Trouble, CannotCopy, PlanVoid {
        var slice = tools.source().open(order.currentUrl(), range, plan.sourceEtag());
        if (!slice.isRange() || !plan.matches(slice.etag(), slice.total().orElse(-1))) {
            slice.close();
            throw new PlanVoid("the source shows another file than before");
        }
        return slice;
    }
}
