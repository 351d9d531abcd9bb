package app.kulti.recording.mirror.checking;

import java.util.List;

/** Tries the bucket out. */
@FunctionalInterface
public interface StorageTrial {
    /** Does what a copy does, with a few bytes that are gone afterwards; blocks for some seconds at most. */
    List<Finding> run();
}
