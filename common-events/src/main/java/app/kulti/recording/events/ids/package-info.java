/** Typed ids, and how one follows from another. */
@NullMarked
package app.kulti.recording.events.ids;

import org.jspecify.annotations.NullMarked;
