/** The bucket, over S3: what Supabase Storage and S3 agree on, and nothing that either answers wrongly. */
@NullMarked
package app.kulti.recording.mirror.s3;

import org.jspecify.annotations.NullMarked;
