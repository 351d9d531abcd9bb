/** The switches: what shall go wrong, where, and how often. */
@NullMarked
package app.kulti.recording.infra.local.hms.fault;

import org.jspecify.annotations.NullMarked;
