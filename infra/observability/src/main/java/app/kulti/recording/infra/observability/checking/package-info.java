/** What a service says of its own credentials when an operator asks. */
@NullMarked
package app.kulti.recording.infra.observability.checking;

import org.jspecify.annotations.NullMarked;
