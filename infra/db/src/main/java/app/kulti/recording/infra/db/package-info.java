/** The database: its migrations as plain SQL (resources under {@code db/}) and the job that applies them. */
@NullMarked
package app.kulti.recording.infra.db;

import org.jspecify.annotations.NullMarked;
