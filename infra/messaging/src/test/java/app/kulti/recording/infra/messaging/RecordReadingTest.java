package app.kulti.recording.infra.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.events.wire.UnreadableMessage;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with a record, it is unreadable and nothing else, so that who reads it puts it aside and goes on. */
class RecordReadingTest {
    private static final Map<String, String> GOOD = Map.of("ce_specversion", "1.0", "ce_id",
            "33333333-3333-4333-8333-333333333333", "ce_source", "/kulti/recording/ingest", "ce_type",
            "kulti.webhook.delivered.v1", "ce_time", "2026-11-22T12:00:00Z", "content-type", "application/json",
            "ce_hmstype", "beam.failure", "ce_hmsroom", "room-1");

    private final RecordReading<HmsWebhook> reading = new RecordReading<>(Topics.WEBHOOKS);

    @Test
    void aGoodOneIsRead() {
        assertThat(reading.read(record("ce_traceparent", "anything")).message().type()).isEqualTo("beam.failure");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", value = {"ce_specversion, none", "ce_specversion, 9.9", "ce_id, none", "ce_id, one",
            "ce_source, none", "ce_source, %%", "ce_source, /nobody", "ce_type, none", "ce_type, kulti.tomorrow.v2",
            "ce_time, none", "ce_time, yesterday", "content-type, none", "content-type, application/cloudevents+json",
            "ce_hmstype, none", "ce_hmsroom, ''", "ce_hmsroom, ' '", "ce_dataschema, %%"})
    void aHeaderThatIsNoneMakesItUnreadable(String header, @Nullable String value) {
        assertThatExceptionOfType(UnreadableMessage.class).isThrownBy(() -> reading.read(record(header, value)))
                .satisfies(fault -> assertThat(fault).hasMessageNotContaining("room-1").hasNoCause());
    }

    private static ConsumerRecord<String, byte[]> record(String header, @Nullable String value) {
        var record = new ConsumerRecord<>(Topics.WEBHOOKS.name(), 0, 0, "key", "{}".getBytes(StandardCharsets.UTF_8));
        var headers = new LinkedHashMap<String, @Nullable String>(GOOD);
        headers.put(header, value);
        headers.forEach((name, text) -> record.headers().add(name,
                text == null ? null : text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
