@NullMarked
package app.kulti.recording.processor.reconcile;

import org.jspecify.annotations.NullMarked;
