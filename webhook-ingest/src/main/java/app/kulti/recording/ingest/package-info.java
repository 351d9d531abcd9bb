/** HTTP for 100ms: what it posts, and can be believed, becomes a record on {@code hms.webhooks}. */
@NullMarked
package app.kulti.recording.ingest;

import org.jspecify.annotations.NullMarked;
