/** The topics: what is read from them, and what is written to them. */
@NullMarked
package app.kulti.recording.processor.kafka;

import org.jspecify.annotations.NullMarked;
