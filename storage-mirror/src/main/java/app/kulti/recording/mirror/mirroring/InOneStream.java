package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import app.kulti.recording.mirror.mirroring.plan.ByteRange;
import app.kulti.recording.mirror.mirroring.plan.CopyPlan;
import app.kulti.recording.mirror.mirroring.plan.Mp4Walk;
import app.kulti.recording.mirror.mirroring.plan.PartSize;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Copies from a source without ranges, perhaps without a length: one stream, cut into parts as it comes, several of
 * which are stored side by side. What breaks off begins at the first byte again.
 */
final class InOneStream {
    private final CopyOrder order;
    private final CopyTools tools;
    private final Progress progress;
    private final Upload upload;
    private final long partSize;
    private final PartBuffers.Share room;

    InOneStream(CopyOrder order, CopyTools tools, Progress progress, Upload upload, long partSize,
            PartBuffers.Share room) {
        this.order = order;
        this.tools = tools;
        this.progress = progress;
        this.upload = upload;
        this.partSize = partSize;
        this.room = room;
    }

    /**
     * Copies all of it.
     *
     * @param buffer has room for the first part; handed on to whoever stores it
     * @param opened what the source answered, which may be no more than a range
     */
    Ending copy(PartBuffer buffer, Source.Slice opened)
            throws CannotCopy, PlanVoid, Patience.Exhausted, InterruptedException {
        var buffers = new ConcurrentLinkedQueue<>(List.of(buffer));
        var slices = new ConcurrentLinkedQueue<Source.Slice>();
        if (!opened.isRange()) {
            slices.add(opened);
        }
        try {
            return upload.complete(tools.patience().with(() -> {
                var begun = slices.poll();
                try (var slice = begun == null ? tools.source().open(order.currentUrl(), null, null) : begun) {
                    return store(slice, buffers);
                } catch (Trouble | CannotCopy | PlanVoid | InterruptedException | RuntimeException e) {
                    upload.abort();
                    throw e;
                }
            }));
        } catch (Patience.Exhausted e) {
            if (e.alwaysCutAtTheSameByte()) {
                throw new CannotCopy(new Ending.Refused(RefusedBecause.CUT_SHORT, "the source always ends too early"));
            }
            throw e;
        }
    }

    private CopyPlan store(Source.Slice slice, Queue<PartBuffer> given)
            throws Trouble, CannotCopy, PlanVoid, InterruptedException {
        progress.from(0);
        var walk = new WalkInTurn(new TreeMap<>(), Mp4Walk.Position.START);
        var reading = new Reading(slice, walk, given,
                order.declaredSize() == null && slice.total().isEmpty());
        try (var crew = new Crew()) {
            crew.start(() -> {
                reading.all(crew);
                return null;
            });
            crew.await(tools.settings().notesEvery(), progress::tick);
        } catch (Patience.Exhausted e) {
            // The bucket's trouble: it would be the same with the next stream.
            throw new CannotCopy(e.ending());
        }
        var length = reading.offset;
        var declared = order.declaredSize();
        var expected = declared == null ? slice.total() : OptionalLong.of(declared);
        if (expected.isPresent() && length < expected.getAsLong()) {
            throw new CutShort(length, null);
        }
        var flaw = walk.flawOfTheWhole().orElse(Trip.differs(declared, OptionalLong.of(length)));
        if (flaw != null) {
            if (flaw.reason() == RefusedBecause.CUT_SHORT && expected.isEmpty()) {
                // Nobody said how long it is: a connection that closed early looks the same.
                throw new CutShort(length, null);
            }
            throw new CannotCopy(new Ending.Refused(flaw));
        }
        return walk.noted(CopyPlan.begin(upload.id(), order.sourceIdentity(), slice.etag(), length, partSize));
    }

    /** Cuts the stream into parts and has each stored while the next one comes. */
    private final class Reading {
        private final Source.Slice slice;
        private final WalkInTurn walk;
        private final Queue<PartBuffer> given;
        private final boolean endless;
        private long offset;

        /** {@code endless}: nobody says how long it is. */
        Reading(Source.Slice slice, WalkInTurn walk, Queue<PartBuffer> given, boolean endless) {
            this.given = given;
            this.endless = endless;
            this.slice = slice;
            this.walk = walk;
        }

        void all(Crew crew) throws Trouble, CannotCopy, InterruptedException {
            var number = 0;
            var more = true;
            while (more) {
                number++;
                check(number);
                var size = endless ? tools.settings().partSize().ofUnknownLength(number) : partSize;
                var first = given.poll();
                var buffer = first == null ? room.take(size) : first;
                var handedOn = false;
                try {
                    fill(number, buffer, size);
                    more = buffer.size() == size;
                    if (buffer.size() > 0) {
                        hand(number, buffer, crew);
                        handedOn = true;
                    }
                } finally {
                    if (!handedOn) {
                        buffer.close();
                    }
                }
            }
        }

        private void check(int number) throws CannotCopy {
            var declared = order.declaredSize();
            if (declared != null && offset > declared) {
                // Whatever else comes, and however much, it is not this film.
                throw new CannotCopy(new Ending.Refused(RefusedBecause.SIZE_DIFFERS,
                        "the source goes on after the %d bytes that 100ms declared".formatted(declared)));
            }
            if (number > PartSize.MOST_PARTS) {
                throw new CannotCopy(new Ending.Refused(RefusedBecause.TOO_LARGE,
                        "more than %d bytes came from a source that does not say its length".formatted(offset)));
            }
            if (order.stopping().getAsBoolean()) {
                throw new CannotCopy(new Ending.HandedOver());
            }
        }

        private void fill(int number, PartBuffer buffer, long size) throws Trouble, CannotCopy {
            if (number == 1) {
                Trip.look(slice, buffer, size);
                upload.begin();
            }
            buffer.fill(slice, size);
            progress.read(buffer.size());
        }

        private void hand(int number, PartBuffer buffer, Crew crew) {
            var range = new ByteRange(offset, buffer.size());
            offset += buffer.size();
            crew.start(() -> {
                try (buffer) {
                    walk.note(upload.store(number, buffer), range, buffer);
                    progress.stored(buffer.size());
                }
                return null;
            });
        }
    }
}
