/** The performance figures, each beside its peer in the same run. */
@NullMarked
package app.kulti.recording.infra.bench;

import org.jspecify.annotations.NullMarked;
