/** Signs links to objects; never calls the store. */
@NullMarked
package app.kulti.recording.gateway.s3;

import org.jspecify.annotations.NullMarked;
