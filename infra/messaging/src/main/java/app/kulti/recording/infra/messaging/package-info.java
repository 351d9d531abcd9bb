/** Publish, read, retry and dead-letter over Kafka; knows no concrete message. */
@NullMarked
package app.kulti.recording.infra.messaging;

import org.jspecify.annotations.NullMarked;
