/** What every service needs to be watched without giving secrets away. */
@NullMarked
package app.kulti.recording.infra.observability;

import org.jspecify.annotations.NullMarked;
