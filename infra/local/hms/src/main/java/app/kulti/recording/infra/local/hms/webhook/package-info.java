/** Tells the customer's server what happened, in both dialects, with the documented retries and a log of every attempt. */
@NullMarked
package app.kulti.recording.infra.local.hms.webhook;

import org.jspecify.annotations.NullMarked;
