/** Looks at the clock: what has lasted, or stayed, as long as it may. */
@NullMarked
package app.kulti.recording.processor.retention;

import org.jspecify.annotations.NullMarked;
