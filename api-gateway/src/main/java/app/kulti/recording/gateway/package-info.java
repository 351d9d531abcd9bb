/** HTTP for the frontend: publishes commands, waits for their outcome, and reads as the calling user. */
@NullMarked
package app.kulti.recording.gateway;

import org.jspecify.annotations.NullMarked;
