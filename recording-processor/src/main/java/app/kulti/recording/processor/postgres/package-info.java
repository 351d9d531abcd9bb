/** Everything that is stored, in PostgreSQL over R2DBC: a few set-based statements for a batch of any size. */
@NullMarked
package app.kulti.recording.processor.postgres;

import org.jspecify.annotations.NullMarked;
