/** Recordings as their host and their participants see them. */
@NullMarked
package app.kulti.recording.gateway.query;

import org.jspecify.annotations.NullMarked;
