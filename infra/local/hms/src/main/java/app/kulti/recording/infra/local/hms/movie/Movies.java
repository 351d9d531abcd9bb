package app.kulti.recording.infra.local.hms.movie;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;

/** Makes movies, one at a time so that a burst of recordings leaves a core for others, and reads any part of them. */
public final class Movies implements AutoCloseable {
    private static final int MOST_WAITING = 10_000;
    private static final int CHUNK = 64 * 1024;

    private final Path folder;
    private final MovieEncoder encoder;
    private final ThreadPoolExecutor encoding;

    /**
     * Opens the folder.
     *
     * @param folder where the movies lie; created when it is not there
     * @throws UncheckedIOException when the folder cannot be used
     */
    public Movies(Path folder, PictureSettings settings) {
        this.folder = folder;
        this.encoder = new MovieEncoder(settings);
        this.encoding = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().daemon().name("movie-encoder").factory());
        encoding.allowCoreThreadTimeOut(true);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the folder of movies, " + folder, e);
        }
    }

    /**
     * Makes a movie, or finds it on disk when it was made before under this name.
     *
     * @param name unique to the movie; letters and digits
     * @return fails when too many movies wait, or the disk refuses
     */
    public CompletableFuture<MovieFile> make(String name, Script script) {
        return CompletableFuture.supplyAsync(() -> made(name, script), encoding);
    }

    private MovieFile made(String name, Script script) {
        Path file = folder.resolve(name + ".mp4");
        try {
            long stored = Files.exists(file) ? Files.size(file) : encoder.encode(script, file);
            long size = script.bytes() == null ? stored : script.bytes();
            int seed = Math.floorMod(name.hashCode(), Padding.PERIOD);
            MessageDigest md5 = digest("MD5");
            md5.update(Files.readAllBytes(file));
            md5.update(ByteBuffer.allocate(12).putLong(size).putInt(seed).flip());
            String etag = '"' + HexFormat.of().formatHex(md5.digest()) + '"';
            return new MovieFile(file.getFileName().toString(), stored, size, seed, etag);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The part of a movie that lies on disk. */
    public Path stored(MovieFile movie) {
        return folder.resolve(movie.name());
    }

    /**
     * Reads a part, as fast as it is asked for.
     *
     * @param from   first byte, counted from 0
     * @param length number of bytes; from + length is at most the movie's size
     */
    public Flux<DataBuffer> read(MovieFile movie, long from, long length, DataBufferFactory buffers) {
        long onDisk = Math.clamp(movie.stored() - from, 0, length);
        Flux<DataBuffer> padding = padding(movie, Math.max(0, from - movie.stored()), length - onDisk, buffers);
        if (onDisk == 0) {
            return padding;
        }
        Flux<DataBuffer> file = DataBufferUtils.takeUntilByteCount(onDisk(stored(movie), from, buffers), onDisk);
        return onDisk == length ? file : file.concatWith(padding);
    }

    private static Flux<DataBuffer> onDisk(Path file, long from, DataBufferFactory buffers) {
        return DataBufferUtils.readAsynchronousFileChannel(
                () -> AsynchronousFileChannel.open(file, StandardOpenOption.READ), from, buffers, CHUNK);
    }

    private static Flux<DataBuffer> padding(MovieFile movie, long from, long length, DataBufferFactory buffers) {
        return Flux.generate(() -> 0L, (done, sink) -> {
            if (done >= length) {
                sink.complete();
                return done;
            }
            ByteBuffer slice = Padding.slice(movie.seed(), from + done, (int) Math.min(CHUNK, length - done));
            long next = done + slice.remaining();
            sink.next(buffers.wrap(slice));
            return next;
        });
    }

    /**
     * SHA-256 of the whole file, on the calling thread: a few seconds per GiB, and most of a minute in a JVM that only
     * has its first compiler.
     *
     * @return hex
     * @throws IOException when the stored part cannot be read
     */
    public String sha256(MovieFile movie) throws IOException {
        MessageDigest sha = digest("SHA-256");
        eachPiece(movie, sha::update);
        return HexFormat.of().formatHex(sha.digest());
    }

    /**
     * CRC-32C of the whole file, on the calling thread: a tenth of a second per GiB.
     *
     * @return eight hex digits
     * @throws IOException when the stored part cannot be read
     */
    public String crc32c(MovieFile movie) throws IOException {
        CRC32C crc = new CRC32C();
        eachPiece(movie, crc::update);
        return HexFormat.of().toHexDigits(crc.getValue(), 8);
    }

    private void eachPiece(MovieFile movie, Consumer<ByteBuffer> use) throws IOException {
        use.accept(ByteBuffer.wrap(Files.readAllBytes(stored(movie))));
        long padded = movie.size() - movie.stored();
        for (long done = 0; done < padded;) {
            ByteBuffer slice = Padding.slice(movie.seed(), done, (int) Math.min(Padding.PERIOD, padded - done));
            done += slice.remaining();
            use.accept(slice);
        }
    }

    /** Removes a movie that nobody can ask for any more. */
    public void forget(MovieFile movie) throws IOException {
        Files.deleteIfExists(stored(movie));
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    /** Abandons what is being made; its draft never gets a movie's name. */
    @Override
    public void close() {
        encoding.shutdownNow();
    }
}
