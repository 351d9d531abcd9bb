/** The list of recordings under row level security, beside the same query by pgbench. */
@NullMarked
package app.kulti.recording.infra.bench.list;

import org.jspecify.annotations.NullMarked;
