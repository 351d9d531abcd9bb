package app.kulti.recording.infra.local.hms.movie;

/**
 * One file as it is served: the first {@code stored} bytes lie on disk, {@link Padding} makes up the rest.
 *
 * @param name   of the file in the folder of movies
 * @param stored number of bytes on disk
 * @param size   number of bytes in all
 * @param seed   where in the padding's endless row this file's own padding begins
 * @param etag   strong, with its quotes
 */
public record MovieFile(String name, long stored, long size, int seed, String etag) {

    /** Whether nothing has to be computed, so that the operating system may send the file by itself. */
    public boolean whole() {
        return stored == size;
    }
}
