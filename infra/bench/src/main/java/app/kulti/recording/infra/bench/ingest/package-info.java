/** How fast webhooks come in. */
@NullMarked
package app.kulti.recording.infra.bench.ingest;

import org.jspecify.annotations.NullMarked;
