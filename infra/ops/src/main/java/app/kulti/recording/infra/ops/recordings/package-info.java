/** One recording, or all that are stuck: what happened, why, and what is done about it. */
@NullMarked
package app.kulti.recording.infra.ops.recordings;

import org.jspecify.annotations.NullMarked;
