/** Tries a property on many inputs that chance makes. */
@NullMarked
package app.kulti.recording.processor.trial;

import org.jspecify.annotations.NullMarked;
