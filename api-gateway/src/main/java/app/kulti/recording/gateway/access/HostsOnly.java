package app.kulti.recording.gateway.access;

import app.kulti.recording.gateway.failure.Problem;
import java.util.List;

/**
 * What only the host of a session gets, for somebody who may see the recording.
 *
 * @param hosts whether they are the host; never so for an anonymous sign-in
 * @param found what there is; empty for others
 */
public record HostsOnly<T>(boolean hosts, List<T> found) {
    public HostsOnly {
        found = List.copyOf(found);
    }

    /** What there is, for the host; others are told that they are not. */
    public List<T> forHost() {
        if (!hosts) {
            throw Problem.notHost();
        }
        return found;
    }
}
