/** How fast webhooks become recordings. */
@NullMarked
package app.kulti.recording.infra.bench.processor;

import org.jspecify.annotations.NullMarked;
