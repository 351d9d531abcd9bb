package app.kulti.recording.infra.local.hms.beam;

import app.kulti.recording.infra.local.hms.movie.MovieFile;
import java.time.Instant;

/**
 * The file of a recording.
 *
 * @param id          of the asset, by which links are signed
 * @param recordingId what {@code beam.recording.success} calls {@code recording_id}. What it equals at the real 100ms
 *                    is not known, so here it equals nothing else.
 * @param path        {@code s3://…}
 * @param seconds     duration
 */
public record Asset(String id, String recordingId, String path, MovieFile movie, int seconds, Instant createdAt) {}
