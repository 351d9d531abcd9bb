/**
 * From what 100ms says, in any of its dialects, to evidence. Pure: no clock, no chance, no input or output. Beside
 * {@code java.*}, the events and the recording it uses Jackson's tree, to read the bodies of webhooks.
 */
@NullMarked
package app.kulti.recording.processor.translation;

import org.jspecify.annotations.NullMarked;
