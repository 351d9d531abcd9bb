@NullMarked
package app.kulti.recording.processor.running;

import org.jspecify.annotations.NullMarked;
