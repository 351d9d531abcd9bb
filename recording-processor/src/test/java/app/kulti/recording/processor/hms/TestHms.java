package app.kulti.recording.processor.hms;

import app.kulti.recording.processor.hms.Patience.Crowd;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.WebClient;

/** Clients as tests want them: quick to give up, with the same random pauses each time. */
final class TestHms {
    static final String ACCESS_KEY = "64b1f5b0a1c2d3e4f5a6b7c8";
    static final String APP_SECRET = "a-secret-that-is-just-as-long-as-HS256-needs";
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    static final Patience QUICK = new Patience(new Crowd(2, 4), new Crowd(2, 4), Duration.ofSeconds(3),
            Duration.ofSeconds(3), Duration.ofSeconds(3), 3, Duration.ofMillis(20), Duration.ofMillis(50),
            Duration.ofMillis(50), Duration.ofSeconds(1));

    private static final long SEED = 20261122;

    private TestHms() {}

    static HmsSettings settings(URI baseUrl, @Nullable String meetingUrl) {
        return new HmsSettings(baseUrl, ACCESS_KEY, APP_SECRET, meetingUrl, new Resolution(1280, 720), false);
    }

    static HttpHms client(HmsSettings settings, Patience patience) {
        return client(settings, patience, InstantSource.fixed(NOW));
    }

    static HttpHms client(HmsSettings settings, Patience patience, InstantSource clock) {
        return HttpHms.of(settings, WebClient.builder(), clock, UUID::randomUUID, new Random(SEED), patience,
                new SimpleMeterRegistry());
    }

    /** The same patience, except that answers must come at once. */
    static Patience impatient(int attempts) {
        return new Patience(QUICK.commands(), QUICK.looks(), QUICK.connect(), QUICK.acquire(), Duration.ofMillis(100),
                attempts, QUICK.firstPause(), QUICK.longestPause(), QUICK.shortestAttempt(), QUICK.breakerPause());
    }

    static HttpHms client(ScriptedHms server) {
        return client(settings(server.baseUrl(), null), QUICK);
    }

    static HttpHms client(ScriptedHms server, MeterRegistry meters) {
        return HttpHms.of(settings(server.baseUrl(), null), WebClient.builder(), InstantSource.fixed(NOW),
                UUID::randomUUID, new Random(SEED), QUICK, meters);
    }
}
