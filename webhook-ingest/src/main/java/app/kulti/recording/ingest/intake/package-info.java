/** The way of a webhook from the socket to its acknowledgement, and every reason to refuse one. */
@NullMarked
package app.kulti.recording.ingest.intake;

import org.jspecify.annotations.NullMarked;
