package app.kulti.recording.gateway.live;

import org.apache.kafka.clients.consumer.Consumer;

public record ReadsKafka(Consumer<String, String> consumer) {}
