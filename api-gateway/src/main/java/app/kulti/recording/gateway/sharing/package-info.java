/** Links that play a recording for whoever has them, without a login. */
@NullMarked
package app.kulti.recording.gateway.sharing;

import org.jspecify.annotations.NullMarked;
