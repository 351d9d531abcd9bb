/** Puts webhooks on their topic again: those that lie there, those of a file, and those that never came. */
@NullMarked
package app.kulti.recording.infra.ops.replay;

import org.jspecify.annotations.NullMarked;
