@NullMarked
package app.kulti.recording.processor.recording;

import org.jspecify.annotations.NullMarked;
