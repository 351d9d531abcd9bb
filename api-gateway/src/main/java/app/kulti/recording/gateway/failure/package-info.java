/** What goes wrong, as the caller gets to see it (RFC 9457). */
@NullMarked
package app.kulti.recording.gateway.failure;

import org.jspecify.annotations.NullMarked;
