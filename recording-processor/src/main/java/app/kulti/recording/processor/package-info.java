/** The recording processor: the only writer of recordings. */
@NullMarked
package app.kulti.recording.processor;

import org.jspecify.annotations.NullMarked;
