package app.kulti.recording.infra.messaging;

import java.util.List;

/** What a reader does with what it reads. */
@FunctionalInterface
public interface BatchHandler<M> {
    /**
     * Acts on the batch as a whole; on return its offsets are committed. May block, within limits of its own.
     *
     * @param batch in the order of the partitions
     * @throws RuntimeException when nothing of the batch counts as done. A transient fault brings the same batch again, later;
     *                          any other is searched for by halves, and the record that has it is dead-lettered.
     */
    void handle(List<Received<M>> batch);
}
