package app.kulti.recording.mirror.mirroring;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * How many films are copied at a time: from one host, and in all. A film waits for its host first, so that those that
 * queue at a slow host keep nobody else out.
 */
final class Slots {
    private final Semaphore all;
    private final int ofEachHost;
    /** As many as there are hosts that are read from, which the allow-list bounds. */
    private final Map<String, Semaphore> hosts = new ConcurrentHashMap<>();

    Slots(int inAll, int ofEachHost) {
        all = new Semaphore(inAll, true);
        this.ofEachHost = ofEachHost;
    }

    /** Leave to copy one film. */
    interface Slot extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits until it is this film's turn. */
    Slot take(String host) throws InterruptedException {
        var ofHost = hosts.computeIfAbsent(host, _ -> new Semaphore(ofEachHost, true));
        ofHost.acquire();
        try {
            all.acquire();
        } catch (InterruptedException e) {
            ofHost.release();
            throw e;
        }
        return () -> {
            all.release();
            ofHost.release();
        };
    }
}
