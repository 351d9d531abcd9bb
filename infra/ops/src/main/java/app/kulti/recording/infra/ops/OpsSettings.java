package app.kulti.recording.infra.ops;

import app.kulti.recording.events.wire.ServiceName;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says, under the names that the services use. Each is asked for only when a command needs it.
 *
 * @param environment as of {@link System#getenv()}; empty values count as not set
 */
public record OpsSettings(Map<String, String> environment) {
    private static final String KAFKA = "SPRING_KAFKA_";
    private static final String KAFKA_PROPERTIES = "SPRING_KAFKA_PROPERTIES_";

    /** Spring's names, without underscores as its relaxed binding reads them, and Kafka's. */
    private static final Map<String, String> KAFKA_NAMES = Map.ofEntries(
            Map.entry("SECURITYPROTOCOL", "security.protocol"),
            Map.entry("SSLTRUSTSTORELOCATION", "ssl.truststore.location"),
            Map.entry("SSLTRUSTSTOREPASSWORD", "ssl.truststore.password"),
            Map.entry("SSLTRUSTSTORETYPE", "ssl.truststore.type"),
            Map.entry("SSLTRUSTSTORECERTIFICATES", "ssl.truststore.certificates"),
            Map.entry("SSLKEYSTORELOCATION", "ssl.keystore.location"),
            Map.entry("SSLKEYSTOREPASSWORD", "ssl.keystore.password"),
            Map.entry("SSLKEYSTORETYPE", "ssl.keystore.type"),
            Map.entry("SSLKEYSTOREKEY", "ssl.keystore.key"),
            Map.entry("SSLKEYSTORECERTIFICATECHAIN", "ssl.keystore.certificate.chain"),
            Map.entry("SSLKEYPASSWORD", "ssl.key.password"),
            Map.entry("SSLPROTOCOL", "ssl.protocol"));

    private static final Map<ServiceName, Integer> LOCAL_MANAGEMENT = Map.of(ServiceName.GATEWAY, 9080,
            ServiceName.INGEST, 9081, ServiceName.PROCESSOR, 9082, ServiceName.MIRROR, 9083);

    /** Shown by {@code --help}. */
    static final List<String> HELP = List.of(
            "SPRING_KAFKA_BOOTSTRAP_SERVERS", "host:port,… (localhost:9092); with its TLS and SASL kin, "
                    + "as in SPRING_KAFKA_SECURITY_PROTOCOL and SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG",
            "SPRING_DATASOURCE_URL", "jdbc:postgresql://host:5432/postgres",
            "SPRING_DATASOURCE_USERNAME", "kulti_ops, if not set",
            "SPRING_DATASOURCE_PASSWORD", "of that login, which can only read",
            "KULTI_HMS_ACCESSKEY", "100ms's app access key",
            "KULTI_HMS_APPSECRET", "the app secret beside it",
            "KULTI_HMS_BASEURL", "https://api.100ms.live/v2, if not set",
            "KULTI_OPS_PROCESSOR", "the processor's management port (http://localhost:9082); also "
                    + "KULTI_OPS_GATEWAY, …_INGEST, …_MIRROR",
            "KULTI_OPS_OPERATOR", "who you are in ops.audit; the user of this machine, if not set");

    /** The database's address and login. Its text form does not tell the password. */
    public record Login(String url, String username, String password) {
        @Override
        public String toString() {
            return "Login[username=" + username + "]";
        }
    }

    /** 100ms's address and key. Its text form does not tell the secret. */
    public record Hms(URI baseUrl, String accessKey, String appSecret) {
        @Override
        public String toString() {
            return "Hms[baseUrl=" + baseUrl + "]";
        }
    }

    /** Kafka's client settings, the brokers' addresses among them. */
    public Map<String, Object> kafka() {
        var settings = new HashMap<String, Object>();
        environment.forEach((name, value) -> {
            if (value.isBlank() || !name.startsWith(KAFKA)) {
                return;
            }
            if (name.startsWith(KAFKA_PROPERTIES)) {
                settings.put(name.substring(KAFKA_PROPERTIES.length()).toLowerCase(Locale.ROOT).replace('_', '.'),
                        value);
                return;
            }
            var known = KAFKA_NAMES.get(name.substring(KAFKA.length()).replace("_", ""));
            if (known != null) {
                settings.put(known, value.startsWith("file:") ? URI.create(value).getPath() : value);
            }
        });
        settings.put("bootstrap.servers", brokers());
        return settings;
    }

    /** The brokers' addresses, for messages. */
    public String brokers() {
        return or("SPRING_KAFKA_BOOTSTRAP_SERVERS", "localhost:9092");
    }

    /** The read-only login. */
    public Login database() {
        var url = required("SPRING_DATASOURCE_URL", "jdbc:postgresql://host:5432/postgres");
        if (!url.startsWith("jdbc:postgresql:")) {
            // Not repeated in the message: it may carry a password.
            throw Told.usage("SPRING_DATASOURCE_URL is not of the form jdbc:postgresql://host:5432/postgres");
        }
        return new Login(url, or("SPRING_DATASOURCE_USERNAME", "kulti_ops"),
                required("SPRING_DATASOURCE_PASSWORD", "the password of kulti_ops"));
    }

    /** 100ms. */
    public Hms hms() {
        return new Hms(uri("KULTI_HMS_BASEURL", "https://api.100ms.live/v2"),
                required("KULTI_HMS_ACCESSKEY", "it stands in the developer section of the 100ms dashboard"),
                required("KULTI_HMS_APPSECRET", "it stands beside the access key in the 100ms dashboard"));
    }

    /** Where a service answers operators. */
    public URI management(ServiceName service) {
        return uri("KULTI_OPS_" + service.name(), "http://localhost:" + LOCAL_MANAGEMENT.get(service));
    }

    /** Who is at it. */
    public String operator() {
        return or("KULTI_OPS_OPERATOR", System.getProperty("user.name", "unknown"));
    }

    private URI uri(String name, String otherwise) {
        var text = or(name, otherwise);
        try {
            var uri = URI.create(text);
            if (uri.getHost() != null && uri.getScheme() != null && uri.getScheme().startsWith("http")) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // Told below, like an address without a host.
        }
        throw Told.usage("%s must be an http(s) address like %s".formatted(name, otherwise));
    }

    private String required(String name, String meaning) {
        var value = optional(name);
        if (value == null) {
            throw Told.usage("%s is not set: %s".formatted(name, meaning));
        }
        return value;
    }

    private String or(String name, String otherwise) {
        var value = optional(name);
        return value == null ? otherwise : value;
    }

    private @Nullable String optional(String name) {
        var value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }
}
