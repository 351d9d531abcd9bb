package app.kulti.recording.infra.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OpsSettingsTest {
    @Test
    void kafkasSettingsHaveTheNamesThatTheServicesUse() {
        var settings = new OpsSettings(Map.of("SPRING_KAFKA_BOOTSTRAP_SERVERS", "a:1,b:2",
                "SPRING_KAFKA_SECURITY_PROTOCOL", "SASL_SSL", "SPRING_KAFKA_SSL_TRUST_STORE_LOCATION",
                "file:/etc/trust.p12", "SPRING_KAFKA_SSL_TRUSTSTOREPASSWORD", "p",
                "SPRING_KAFKA_PROPERTIES_SASL_MECHANISM", "SCRAM-SHA-512", "SPRING_KAFKA_CONSUMER_GROUPID", "x"));

        assertThat(settings.kafka()).containsOnly(Map.entry("bootstrap.servers", "a:1,b:2"),
                Map.entry("security.protocol", "SASL_SSL"), Map.entry("ssl.truststore.location", "/etc/trust.p12"),
                Map.entry("ssl.truststore.password", "p"), Map.entry("sasl.mechanism", "SCRAM-SHA-512"));
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> new OpsSettings(Map.of()).database()).hasMessageContaining("SPRING_DATASOURCE_URL");
        assertThatThrownBy(() -> new OpsSettings(Map.of("SPRING_DATASOURCE_URL", "postgres://u:secret@h/d")).database())
                .hasMessageContaining("jdbc:postgresql://").hasMessageNotContaining("secret");
        assertThatThrownBy(() -> new OpsSettings(Map.of("KULTI_HMS_ACCESSKEY", " ")).hms())
                .hasMessageContaining("KULTI_HMS_ACCESSKEY is not set");
    }

    @Test
    void itsTextFormsTellNoSecret() {
        var settings = new OpsSettings(Map.of("SPRING_DATASOURCE_URL", "jdbc:postgresql://h/d",
                "SPRING_DATASOURCE_PASSWORD", "s3cret", "KULTI_HMS_ACCESSKEY", "k", "KULTI_HMS_APPSECRET", "s3cret"));
        assertThat(settings.database().toString() + settings.hms()).doesNotContain("s3cret");
    }
}
