@NullMarked
package app.kulti.recording.processor.postgres;

import org.jspecify.annotations.NullMarked;
