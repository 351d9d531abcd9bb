/** Whether everything is as it should be, and what to do where it is not. */
@NullMarked
package app.kulti.recording.infra.ops.doctor;

import org.jspecify.annotations.NullMarked;
