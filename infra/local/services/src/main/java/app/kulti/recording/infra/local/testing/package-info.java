/**
 * Real servers for tests, one of each kind per test JVM: containers where a Docker engine answers, local processes
 * where none does.
 */
@NullMarked
package app.kulti.recording.infra.local.testing;

import org.jspecify.annotations.NullMarked;
