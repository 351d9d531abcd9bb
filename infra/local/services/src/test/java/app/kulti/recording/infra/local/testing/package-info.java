/** Tests of what other modules' tests rely on. */
@NullMarked
package app.kulti.recording.infra.local.testing;

import org.jspecify.annotations.NullMarked;
