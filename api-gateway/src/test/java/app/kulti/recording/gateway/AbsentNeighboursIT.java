package app.kulti.recording.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.infra.db.LocalDatabase;
import app.kulti.recording.infra.local.LocalKafka;
import app.kulti.recording.infra.local.LocalPostgres;
import app.kulti.recording.infra.local.Port;
import app.kulti.recording.infra.local.testing.BegunRequest;
import app.kulti.recording.infra.local.testing.RealS3;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** It starts before its neighbours, says that it is not ready, and becomes so by itself. */
class AbsentNeighboursIT {
    private static final String LINKS_WORK = "\"the storage takes links that the S3 keys have signed\",\"ok\":true";

    @TempDir
    private Path folder;

    private @Nullable DisposableServer keys;

    @Test
    void itWaitsForKafkaAndPostgresAndSaysSo() throws Exception {
        var kafkaPort = Port.any("Kafka");
        var postgresPort = Port.any("PostgreSQL");
        var user = UUID.randomUUID();
        var keysPort = Port.any("keys");
        var key = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        var token = Tokens.signed(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec"),
                Tokens.claimsOf(user).build(), new ECDSASigner(key));
        var store = RealS3.shared();
        try (var gateway = Gateway.starting("127.0.0.1:" + kafkaPort.number(),
                "r2dbc:postgresql://127.0.0.1:%d/postgres".formatted(postgresPort.number()),
                "kulti.auth.jwks-uri=http://127.0.0.1:%d/jwks.json".formatted(keysPort.number()),
                // Sooner than usual, so that the test need not wait for as long.
                "spring.kafka.producer.properties.delivery.timeout.ms=4000",
                "spring.kafka.producer.properties.request.timeout.ms=3000",
                "kulti.storage.endpoint=" + store.endpoint(), "kulti.storage.region=" + store.region(),
                "kulti.storage.access-key=" + store.accessKey(), "kulti.storage.secret-key=" + store.secretKey(),
                "kulti.storage.bucket=" + store.freshBucket())) {
            assertThat(gateway.health("liveness")).isEqualTo(200);
            assertThat(gateway.health("readiness")).isEqualTo(503);
            gateway.as(Tokens.of(user)).get().uri("/api/recordings/list").exchange().expectStatus().isEqualTo(503)
                    .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON);
            gateway.as(token).get().uri("/api/recordings/list").exchange().expectStatus().isEqualTo(503)
                    .expectBody().jsonPath("$.detail")
                    .value(String.class, detail -> assertThat(detail).contains("keys that sign-ins are checked with"));
            assertThat(check(gateway)).contains("\"ok\":false", LINKS_WORK, "SPRING_R2DBC_URL",
                    "SPRING_KAFKA_BOOTSTRAP_SERVERS", "KULTI_AUTH_JWKSURI").doesNotContain("Signature=");
            publish(key, keysPort);

            try (var postgres = LocalPostgres.start(folder.resolve("postgres"), postgresPort,
                    LocalPostgres.Durability.KILL)) {
                LocalDatabase.prepare(postgres.jdbcUrl(), LocalPostgres.SUPERUSER, LocalPostgres.PASSWORD);
                gateway.as(token).get().uri("/api/recordings/list").exchange().expectStatus().isOk();
                assertThat(gateway.health("readiness")).as("without Kafka").isEqualTo(503);
                var session = session(postgres, user);
                isNotTaken(gateway, user, session);

                try (var kafka = LocalKafka.start(folder.resolve("kafka"), kafkaPort)) {
                    Gateway.createTopics(kafka.bootstrapServers());
                    gateway.awaitReady();
                    assertThat(check(gateway)).contains(LINKS_WORK, "the Kafka login may write recording.commands",
                            "the Kafka login may read recording.events", "the database login works")
                            .doesNotContain("\"ok\":false");
                    gateway.http().post().uri("/ops/check").exchange().expectStatus().isNotFound();

                    kafka.process().kill();
                    isNotTaken(gateway, user, session);
                }
            }
        }
    }

    @Test
    void whoHasBegunToAskIsAnsweredBeforeItEnds() throws Exception {
        try (var gateway = Gateway.starting("absent.invalid:9092", "r2dbc:postgresql://absent.invalid:5432/postgres")) {
            assertThat(gateway.health("startup")).isEqualTo(200);
            var begun = BegunRequest.post(gateway.port(), "/api/hms/stop-recording", Map.of("Content-Type",
                    "application/json", "Authorization", "Bearer " + Tokens.of(UUID.randomUUID())),
                    "{\"sessionId\":\"%s\"}".formatted(UUID.randomUUID()));

            assertThat(begun.answeredDuring(gateway::close)).startsWith("HTTP/1.1 503")
                    .contains("application/problem+json");
        }
    }

    private void publish(ECKey key, Port port) {
        keys = HttpServer.create().host("127.0.0.1").port(port.number())
                .handle((_, response) -> response.sendString(Mono.just(new JWKSet(key).toString())))
                .bindNow(Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        if (keys != null) {
            keys.disposeNow(Duration.ofSeconds(10));
        }
    }

    /** And that it may be asked again, since nobody knows whether it was. */
    private static void isNotTaken(Gateway gateway, UUID user, UUID session) {
        gateway.as(Tokens.of(user)).post().uri("/api/hms/stop-recording").bodyValue(Map.of("sessionId", session))
                .exchange().expectStatus().isEqualTo(503).expectHeader().exists("Retry-After")
                .expectBody().jsonPath("$.idempotencyKey").isNotEmpty()
                .jsonPath("$.type").isEqualTo("https://kulti.app/problems/unavailable");
    }

    /** What it says of its own credentials. */
    private static String check(Gateway gateway) {
        return String.valueOf(gateway.management().post().uri("/ops/check").exchange().expectStatus().isOk()
                .expectBody(String.class).returnResult().getResponseBody());
    }

    private static UUID session(LocalPostgres postgres, UUID host) throws Exception {
        var session = UUID.randomUUID();
        try (var connection = DriverManager.getConnection(postgres.jdbcUrl(), LocalPostgres.SUPERUSER,
                LocalPostgres.PASSWORD);
                var insert = connection.prepareStatement(
                        "INSERT INTO public.sessions (id, title, host_id, hms_room_id) VALUES (?, 'Yoga', ?, 'r')")) {
            insert.setObject(1, session);
            insert.setObject(2, host);
            insert.executeUpdate();
        }
        return session;
    }
}
