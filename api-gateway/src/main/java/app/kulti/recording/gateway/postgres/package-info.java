/** Reads as the calling user, behind row level security. */
@NullMarked
package app.kulti.recording.gateway.postgres;

import org.jspecify.annotations.NullMarked;
