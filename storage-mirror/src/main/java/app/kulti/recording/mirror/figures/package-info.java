/** What the mirror does, in figures. */
@NullMarked
package app.kulti.recording.mirror.figures;

import org.jspecify.annotations.NullMarked;
