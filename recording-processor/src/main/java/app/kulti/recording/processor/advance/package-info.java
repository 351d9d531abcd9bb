/** Moves recordings on: judges what comes in and does what follows. */
@NullMarked
package app.kulti.recording.processor.advance;

import org.jspecify.annotations.NullMarked;
