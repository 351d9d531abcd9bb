/** Tests of the local services, against the real programs. */
@NullMarked
package app.kulti.recording.infra.local;

import org.jspecify.annotations.NullMarked;
