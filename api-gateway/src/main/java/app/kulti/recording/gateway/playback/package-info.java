/** Links to the film: signed, of a limited life, and only for those who may watch. */
@NullMarked
package app.kulti.recording.gateway.playback;

import org.jspecify.annotations.NullMarked;
