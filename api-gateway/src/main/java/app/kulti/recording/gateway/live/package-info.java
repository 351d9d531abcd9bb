/** What happens to recordings, as it happens. */
@NullMarked
package app.kulti.recording.gateway.live;

import org.jspecify.annotations.NullMarked;
