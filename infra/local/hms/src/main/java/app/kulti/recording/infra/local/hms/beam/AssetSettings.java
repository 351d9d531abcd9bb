package app.kulti.recording.infra.local.hms.beam;

/**
 * Where files seem to lie, and how many there may be.
 *
 * @param bucket        in {@code s3://} paths
 * @param customerId    their prefix
 * @param maxRecordings beyond this the oldest is forgotten, with its file
 */
public record AssetSettings(String bucket, String customerId, int maxRecordings) {}
