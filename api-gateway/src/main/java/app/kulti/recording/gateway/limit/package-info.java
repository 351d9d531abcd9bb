/** How much one user may ask for. */
@NullMarked
package app.kulti.recording.gateway.limit;

import org.jspecify.annotations.NullMarked;
