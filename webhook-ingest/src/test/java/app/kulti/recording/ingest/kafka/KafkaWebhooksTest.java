package app.kulti.recording.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.RawBody;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.test.StepVerifier;

/** Over Kafka's own producer for tests, which acknowledges when it is told to. */
class KafkaWebhooksTest {
    private final MockProducer<String, byte[]> producer = new MockProducer<>(false, new RoundRobinPartitioner(),
            new StringSerializer(), new ByteArraySerializer());
    private final KafkaWebhooks webhooks = new KafkaWebhooks(() -> producer, DataSize.ofBytes(20));

    @Test
    void aWebhookIsDurableOnceAcknowledgedAndNotBefore() {
        StepVerifier.create(webhooks.write(webhook("{\"type\":1}")))
                .then(() -> assertThat(producer.history()).hasSize(1))
                .expectNoEvent(Duration.ofMillis(20))
                .then(producer::completeNext).verifyComplete();
    }

    @Test
    void whatTheProducerGivesUpIsAnError() {
        StepVerifier.create(webhooks.write(webhook("{}")))
                .then(() -> producer.errorNext(new TimeoutException("expired"))).verifyError();
        assertThat(webhooks.bytesOnTheirWay()).isZero();
    }

    @Test
    void whatTheProducerRefusesAtOnceIsAnErrorToo() {
        producer.sendException = new BufferExhaustedException("full");

        StepVerifier.create(webhooks.write(webhook("{}"))).verifyError(BufferExhaustedException.class);
        assertThat(webhooks.bytesOnTheirWay()).isZero();
    }

    @Test
    void withoutAProducerNothingIsTaken() {
        StepVerifier.create(new KafkaWebhooks(() -> null, DataSize.ofBytes(20)).write(webhook("{}")))
                .verifyError(RejectedExecutionException.class);
    }

    @Test
    void beyondTheBoundOneIsRefusedAtOnceUntilThereIsRoom() {
        var first = StepVerifier.create(webhooks.write(webhook("0123456789"))).expectComplete().verifyLater();
        var second = StepVerifier.create(webhooks.write(webhook("9876543210"))).expectComplete().verifyLater();

        StepVerifier.create(webhooks.write(webhook("1"))).verifyError(RejectedExecutionException.class);
        assertThat(producer.history()).hasSize(2);

        producer.completeNext();
        first.verify();
        StepVerifier.create(webhooks.write(webhook("1"))).then(producer::completeNext).then(producer::completeNext)
                .verifyComplete();
        second.verify();
        assertThat(webhooks.bytesOnTheirWay()).isZero();
    }

    @Test
    void oneWhoseSenderWentAwayKeepsItsRoomUntilTheProducerIsDone() {
        webhooks.write(webhook("0123456789")).subscribe().dispose();

        assertThat(webhooks.bytesOnTheirWay()).isEqualTo(10);
        producer.completeNext();
        assertThat(webhooks.bytesOnTheirWay()).isZero();
    }

    private static Envelope<HmsWebhook> webhook(String text) {
        var body = text.getBytes(UTF_8);
        return Envelope.of(EventId.ofBody(body), Instant.EPOCH, ServiceName.INGEST,
                new HmsWebhook.Delivered("t", new RoomId("r"), null, RawBody.of(body)));
    }
}
