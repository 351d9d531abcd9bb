package app.kulti.recording.gateway;

import reactor.blockhound.BlockHound;

/** Whatever blocks an event loop fails. To be switched on before the first of Reactor's threads, which it would break. */
final class BlockingCalls {
    static {
        BlockHound.install(builder -> {
            // /dev/urandom has bytes at any time.
            builder.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes");
            // Spring loads and links handler code when it is first used; a class is loaded once.
            builder.allowBlockingCallsInside("java.lang.ClassLoader", "loadClass");
        });
    }

    private BlockingCalls() {}

    /** From now on. */
    static void watch() {
        // The class is loaded once.
    }
}
