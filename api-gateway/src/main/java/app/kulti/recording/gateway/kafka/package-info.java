/** Commands out, events in. */
@NullMarked
package app.kulti.recording.gateway.kafka;

import org.jspecify.annotations.NullMarked;
