/** What those who were recorded say about it: that they know, and that they want it gone. */
@NullMarked
package app.kulti.recording.gateway.consent;

import org.jspecify.annotations.NullMarked;
