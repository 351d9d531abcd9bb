@NullMarked
package app.kulti.recording.processor.translation;

import org.jspecify.annotations.NullMarked;
