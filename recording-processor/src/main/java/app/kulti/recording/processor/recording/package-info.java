/**
 * What a recording is and how evidence moves it on. Pure: no clock, no chance, no input or output; only {@code java.*} and
 * the events.
 */
@NullMarked
package app.kulti.recording.processor.recording;

import org.jspecify.annotations.NullMarked;
