package app.kulti.recording.mirror;

import app.kulti.recording.mirror.mirroring.plan.PartSize;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much is done at a time. Memory is bounded by {@code memory} and by nothing else: parts wait until there is room.
 *
 * @param parallelism     films that are copied at the same time
 * @param hostParallelism those of them that are read from one host; absent: all
 * @param ranges          parts of one film that are read at the same time; as many more are stored or noted meanwhile
 * @param partSize        of files of usual length; longer ones have larger parts, up to 95 MiB or {@code memory}
 * @param memory          for the parts of all films that are on their way
 */
@ConfigurationProperties("kulti.mirror")
record MirrorSettings(@DefaultValue("4") int parallelism, @Nullable Integer hostParallelism,
        @DefaultValue("8") int ranges, @DefaultValue("8MB") DataSize partSize,
        @DefaultValue("64MB") DataSize memory) {

    private static final int MOST_PARALLEL = 64;

    MirrorSettings {
        var wrong = new ArrayList<String>();
        if (parallelism < 1 || parallelism > MOST_PARALLEL) {
            wrong.add("kulti.mirror.parallelism (KULTI_MIRROR_PARALLELISM) must be between 1 and " + MOST_PARALLEL);
        }
        if (hostParallelism != null && (hostParallelism < 1 || hostParallelism > MOST_PARALLEL)) {
            wrong.add("kulti.mirror.host-parallelism (KULTI_MIRROR_HOSTPARALLELISM) must be between 1 and "
                    + MOST_PARALLEL);
        }
        if (ranges < 1 || ranges > MOST_PARALLEL) {
            wrong.add("kulti.mirror.ranges (KULTI_MIRROR_RANGES) must be between 1 and " + MOST_PARALLEL);
        }
        if (partSize.toBytes() < PartSize.SMALLEST || partSize.toBytes() > PartSize.LARGEST) {
            wrong.add("kulti.mirror.part-size (KULTI_MIRROR_PARTSIZE) must be between 5MB and 95MB");
        }
        if (memory.toBytes() < partSize.toBytes()) {
            wrong.add(
                    "kulti.mirror.memory (KULTI_MIRROR_MEMORY) must have room for one part of kulti.mirror.part-size");
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
    }

    int filmsOfOneHost() {
        return hostParallelism == null ? parallelism : hostParallelism;
    }

    PartSize partSizes() {
        return new PartSize(partSize.toBytes(), Math.min(PartSize.LARGEST, memory.toBytes()));
    }
}
