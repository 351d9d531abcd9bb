/** Event streams: how many one gateway holds, how soon an event has reached all of them, and what that costs in memory. */
@NullMarked
package app.kulti.recording.infra.bench.streams;

import org.jspecify.annotations.NullMarked;
