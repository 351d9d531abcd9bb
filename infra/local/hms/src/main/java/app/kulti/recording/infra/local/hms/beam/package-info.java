/** What 100ms does when asked to record: rooms, their sessions, and the life of a recording from start to file. */
@NullMarked
package app.kulti.recording.infra.local.hms.beam;

import org.jspecify.annotations.NullMarked;
