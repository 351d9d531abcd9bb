/** What the database lets whom do, on a real PostgreSQL. */
@NullMarked
package app.kulti.recording.infra.db;

import org.jspecify.annotations.NullMarked;
