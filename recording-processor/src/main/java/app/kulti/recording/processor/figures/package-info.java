/** How all recordings stand together, as gauges. */
@NullMarked
package app.kulti.recording.processor.figures;

import org.jspecify.annotations.NullMarked;
