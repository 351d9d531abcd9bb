/** How long a host waits for a start. */
@NullMarked
package app.kulti.recording.infra.bench.start;

import org.jspecify.annotations.NullMarked;
