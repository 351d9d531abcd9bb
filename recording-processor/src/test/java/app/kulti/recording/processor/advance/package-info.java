@NullMarked
package app.kulti.recording.processor.advance;

import org.jspecify.annotations.NullMarked;
