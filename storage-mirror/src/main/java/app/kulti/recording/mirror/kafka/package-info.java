/** States in, reports out. */
@NullMarked
package app.kulti.recording.mirror.kafka;

import org.jspecify.annotations.NullMarked;
