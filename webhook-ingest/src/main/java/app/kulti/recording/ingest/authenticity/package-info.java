/** Whether a request comes from 100ms: secret header, signature, source address. */
@NullMarked
package app.kulti.recording.ingest.authenticity;

import org.jspecify.annotations.NullMarked;
