/** Serves movies as object storage does: links that expire, ranges, validators, and all the ways in which that goes wrong. */
@NullMarked
package app.kulti.recording.infra.local.hms.file;

import org.jspecify.annotations.NullMarked;
