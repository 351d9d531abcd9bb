package app.kulti.recording.processor;

import reactor.blockhound.BlockHound;

/** Whatever blocks an event loop fails. To be switched on before the first of Reactor's threads, which it would break. */
public final class BlockingCalls {
    static {
        BlockHound.install(builder -> {
            // /dev/urandom has bytes at any time; the PostgreSQL driver logs in with some.
            builder.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes");
            // A class is loaded once.
            builder.allowBlockingCallsInside("java.lang.ClassLoader", "loadClass");
            // Jackson makes the reader of a type when it is first asked for, and whoever asks meanwhile waits for it.
            builder.allowBlockingCallsInside("tools.jackson.databind.deser.DeserializerCache",
                    "_createAndCacheValueDeserializer");
        });
    }

    private BlockingCalls() {}

    /** From now on. */
    public static void watch() {
        // The class is loaded once.
    }
}
