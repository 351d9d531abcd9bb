/** What running services are asked on their management ports. */
@NullMarked
package app.kulti.recording.infra.ops.services;

import org.jspecify.annotations.NullMarked;
