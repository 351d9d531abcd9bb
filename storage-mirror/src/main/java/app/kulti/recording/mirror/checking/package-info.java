/** Answers an operator who asks whether copies could be made now. */
@NullMarked
package app.kulti.recording.mirror.checking;

import org.jspecify.annotations.NullMarked;
