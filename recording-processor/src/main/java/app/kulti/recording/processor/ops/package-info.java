/** What operators ask of a running processor, on its management port only. */
@NullMarked
package app.kulti.recording.processor.ops;

import org.jspecify.annotations.NullMarked;
