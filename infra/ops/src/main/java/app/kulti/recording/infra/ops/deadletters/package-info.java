/** What readers have put aside: look, try again, or leave it for good. */
@NullMarked
package app.kulti.recording.infra.ops.deadletters;

import org.jspecify.annotations.NullMarked;
