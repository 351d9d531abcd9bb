/**
 * Kafka, PostgreSQL and S3 on this machine without Docker: each from Maven artifacts, each its own process with its own
 * folder, and the means to run any other program beside them.
 */
@NullMarked
package app.kulti.recording.infra.local;

import org.jspecify.annotations.NullMarked;
