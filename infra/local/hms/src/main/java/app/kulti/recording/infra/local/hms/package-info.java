/** The 100ms simulator: a process that speaks 100ms's API, sends its webhooks and serves real MP4 files. */
@NullMarked
package app.kulti.recording.infra.local.hms;

import org.jspecify.annotations.NullMarked;
