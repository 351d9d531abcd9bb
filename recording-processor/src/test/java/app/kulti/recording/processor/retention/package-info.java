@NullMarked
package app.kulti.recording.processor.retention;

import org.jspecify.annotations.NullMarked;
