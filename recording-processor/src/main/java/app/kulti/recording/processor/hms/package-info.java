/** The 100ms server API, asked over HTTP. */
@NullMarked
package app.kulti.recording.processor.hms;

import org.jspecify.annotations.NullMarked;
