/** Takes up what is due: calls that a dead copy left, and recordings that nobody reports on any more. */
@NullMarked
package app.kulti.recording.processor.reconcile;

import org.jspecify.annotations.NullMarked;
