package app.kulti.recording.infra.local;

import java.util.function.Function;

/**
 * Starts a server on the port that was asked for, or, where any will do, on one that is still free when the server gets
 * to it.
 */
final class Start {

    private static final int TRIES = 5;

    private Start() {}

    static <S> S on(Port port, Function<Port, S> server) {
        var candidate = port;
        for (var attempt = 1;; attempt++) {
            try {
                candidate.requireFree();
                return server.apply(candidate);
            } catch (LocalServiceException e) {
                if (!port.mayMove() || attempt == TRIES || !e.isForTakenPort()) {
                    throw e;
                }
                candidate = Port.any(port.name());
            }
        }
    }
}
