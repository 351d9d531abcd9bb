/** Streams finished MP4s to the bucket, and removes them. */
@NullMarked
package app.kulti.recording.mirror;

import org.jspecify.annotations.NullMarked;
