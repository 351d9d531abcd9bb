package app.kulti.recording.infra.local.run;

import app.kulti.recording.infra.db.LocalDatabase;
import app.kulti.recording.infra.db.Login;
import app.kulti.recording.infra.local.LocalPostgres;
import app.kulti.recording.infra.local.LocalS3;
import app.kulti.recording.infra.local.run.Ports.Listener;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What each part is told by its environment: each gets what the contract lets it have, and nothing else. */
record Environments(Ports ports, Neighbours neighbours) {

    /** Of a service. */
    Map<String, String> of(Service service) {
        return with(own(service), Map.of(
                "SERVER_PORT", Integer.toString(ports.number(service.http())),
                "MANAGEMENT_SERVER_PORT", Integer.toString(ports.number(service.management())),
                "SPRING_KAFKA_BOOTSTRAP_SERVERS", neighbours.kafka().bootstrapServers()));
    }

    private Map<String, String> own(Service service) {
        var r2dbcUrl = "r2dbc:postgresql://127.0.0.1:%d/%s".formatted(neighbours.postgres().port(),
                LocalPostgres.DATABASE);
        var storage = Map.of(
                "KULTI_STORAGE_ENDPOINT", neighbours.s3().endpoint().toString(),
                "KULTI_STORAGE_REGION", LocalS3.REGION,
                "KULTI_STORAGE_ACCESSKEY", Credentials.S3_ACCESS_KEY,
                "KULTI_STORAGE_SECRETKEY", Credentials.S3_SECRET_KEY,
                "KULTI_STORAGE_BUCKET", Credentials.BUCKET);
        return switch (service) {
            case GATEWAY -> with(storage, Map.of(
                    "KULTI_AUTH_JWTSECRET", Credentials.JWT_SECRET,
                    "SPRINGDOC_APIDOCS_ENABLED", "true",
                    "SPRING_R2DBC_URL", r2dbcUrl,
                    "SPRING_R2DBC_USERNAME", Login.GATEWAY.role(),
                    "SPRING_R2DBC_PASSWORD", LocalDatabase.passwordOf(Login.GATEWAY)));
            case INGEST -> Map.of(
                    "KULTI_WEBHOOK_SECRETS", Credentials.WEBHOOK_SECRET,
                    "KULTI_WEBHOOK_SECRETHEADER", Credentials.WEBHOOK_SECRET_HEADER);
            case PROCESSOR -> with(hmsApi(), Map.of(
                    "SPRING_R2DBC_URL", r2dbcUrl,
                    "SPRING_R2DBC_USERNAME", Login.PROCESSOR.role(),
                    "SPRING_R2DBC_PASSWORD", LocalDatabase.passwordOf(Login.PROCESSOR)));
            case MIRROR -> with(storage, Map.of(
                    // The simulator's files come over plain http from this machine, which only this line allows.
                    "KULTI_MIRROR_ALLOWEDHOSTS", ports.url(Listener.HMS).toString()));
        };
    }

    /** Of the operator's command line. */
    Map<String, String> ofOperators() {
        return with(hmsApi(), Map.of(
                "SPRING_KAFKA_BOOTSTRAP_SERVERS", neighbours.kafka().bootstrapServers(),
                "SPRING_DATASOURCE_URL", neighbours.postgres().jdbcUrl(),
                "SPRING_DATASOURCE_USERNAME", Login.OPS.role(),
                "SPRING_DATASOURCE_PASSWORD", LocalDatabase.passwordOf(Login.OPS),
                "KULTI_OPS_GATEWAY", ports.url(Listener.GATEWAY_MANAGEMENT).toString(),
                "KULTI_OPS_INGEST", ports.url(Listener.INGEST_MANAGEMENT).toString(),
                "KULTI_OPS_PROCESSOR", ports.url(Listener.PROCESSOR_MANAGEMENT).toString(),
                "KULTI_OPS_MIRROR", ports.url(Listener.MIRROR_MANAGEMENT).toString()));
    }

    private Map<String, String> hmsApi() {
        return Map.of(
                "KULTI_HMS_BASEURL", ports.url(Listener.HMS).resolve("/v2").toString(),
                "KULTI_HMS_ACCESSKEY", Credentials.HMS_ACCESS_KEY,
                "KULTI_HMS_APPSECRET", Credentials.HMS_APP_SECRET);
    }

    /** Of the 100ms simulator, which keeps what it makes in {@code data}. */
    static Map<String, String> ofSimulator(Ports ports, Path data) {
        return Map.of(
                "KULTI_SIMULATOR_PORT", Integer.toString(ports.number(Listener.HMS)),
                "KULTI_SIMULATOR_DATA", data.toAbsolutePath().toString(),
                "KULTI_SIMULATOR_ACCESSKEY", Credentials.HMS_ACCESS_KEY,
                "KULTI_SIMULATOR_APPSECRET", Credentials.HMS_APP_SECRET,
                "KULTI_SIMULATOR_WEBHOOK_URL", ports.url(Listener.INGEST).resolve("/api/webhooks/hms").toString(),
                // As JSON, since a shell drops variables with a dash in their name.
                "SPRING_APPLICATION_JSON", "{\"kulti.simulator.webhook.headers.%s\":\"%s\"}".formatted(
                        Credentials.WEBHOOK_SECRET_HEADER, Credentials.WEBHOOK_SECRET));
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        var all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }
}
