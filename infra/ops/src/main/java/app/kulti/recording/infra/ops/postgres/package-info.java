/** What the database knows, read with a login that can do nothing else. */
@NullMarked
package app.kulti.recording.infra.ops.postgres;

import org.jspecify.annotations.NullMarked;
