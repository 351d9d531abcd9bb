/** How storage-mirror copies, beside rclone and beside the code that fetches a blob and uploads it. */
@NullMarked
package app.kulti.recording.infra.bench.mirror;

import org.jspecify.annotations.NullMarked;
