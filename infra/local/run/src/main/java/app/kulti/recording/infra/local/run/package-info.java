/** Everything on this machine: the local services, the four jars, and one recording played through them. */
@NullMarked
package app.kulti.recording.infra.local.run;

import org.jspecify.annotations.NullMarked;
