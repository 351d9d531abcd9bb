/** What 100ms still has: its recordings, its deliveries, and their replay. */
@NullMarked
package app.kulti.recording.infra.ops.hms;

import org.jspecify.annotations.NullMarked;
