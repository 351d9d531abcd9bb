/** The simulator's own API under /_simulator, by which tests prepare it, break it and ask it what it saw. */
@NullMarked
package app.kulti.recording.infra.local.hms.control;

import org.jspecify.annotations.NullMarked;
