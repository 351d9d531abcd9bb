/** The REST API under /v2, with 100ms's bodies, statuses and errors. */
@NullMarked
package app.kulti.recording.infra.local.hms.api;

import org.jspecify.annotations.NullMarked;
