/** The topics, as an operator reads and writes them. */
@NullMarked
package app.kulti.recording.infra.ops.kafka;

import org.jspecify.annotations.NullMarked;
