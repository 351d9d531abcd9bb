/** Reads films over HTTP, from nowhere but where it is allowed to. */
@NullMarked
package app.kulti.recording.mirror.source;

import org.jspecify.annotations.NullMarked;
