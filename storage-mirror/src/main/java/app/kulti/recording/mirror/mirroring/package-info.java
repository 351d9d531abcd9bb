/** Copies films to the bucket and removes them, as the newest state of a recording wants it. */
@NullMarked
package app.kulti.recording.mirror.mirroring;

import org.jspecify.annotations.NullMarked;
