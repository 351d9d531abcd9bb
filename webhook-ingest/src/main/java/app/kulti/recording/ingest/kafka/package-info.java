/** Kafka as the place where webhooks are durable. */
@NullMarked
package app.kulti.recording.ingest.kafka;

import org.jspecify.annotations.NullMarked;
