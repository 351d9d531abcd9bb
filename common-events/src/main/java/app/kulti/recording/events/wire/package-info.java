/** Topics and the form in which messages lie on them: CloudEvents 1.0, binary mode, JSON data. */
@NullMarked
package app.kulti.recording.events.wire;

import org.jspecify.annotations.NullMarked;
