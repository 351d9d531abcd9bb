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
            // Jackson makes the reader of a type when it is first asked for, and whoever asks meanwhile waits for it.
            builder.allowBlockingCallsInside("tools.jackson.databind.deser.DeserializerCache",
                    "_createAndCacheValueDeserializer");
            // The API's description and its page, which are off in production, are read from the class path.
            builder.allowBlockingCallsInside("org.springdoc.webflux.api.OpenApiWebfluxResource", "openapiJson");
            builder.allowBlockingCallsInside("org.springdoc.webflux.ui.SwaggerIndexPageTransformer", "transform");
            builder.allowBlockingCallsInside("org.springframework.web.reactive.resource.PathResourceResolver",
                    "getResource");
            builder.allowBlockingCallsInside(
                    "org.springframework.core.io.buffer.DataBufferUtils$ReadableByteChannelGenerator", "accept");
        });
    }

    private BlockingCalls() {}

    /** From now on. */
    static void watch() {
        // The class is loaded once.
    }
}
