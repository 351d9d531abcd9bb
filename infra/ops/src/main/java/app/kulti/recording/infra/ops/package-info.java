/** The operator's command line: what it is told, what it says, and how it ends. */
@NullMarked
package app.kulti.recording.infra.ops;

import org.jspecify.annotations.NullMarked;
