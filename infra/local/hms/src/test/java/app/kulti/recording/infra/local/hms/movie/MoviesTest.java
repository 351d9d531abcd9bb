package app.kulti.recording.infra.local.hms.movie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.jcodec.api.FrameGrab;
import org.jcodec.api.JCodecException;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.model.Picture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

class MoviesTest {
    private static final Instant BEGAN = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    private Path folder;
    private Movies movies;

    @BeforeEach
    void open() {
        movies = new Movies(folder, new PictureSettings(160, 90, 4, 12));
    }

    @AfterEach
    void close() {
        movies.close();
    }

    @Test
    void aMovieBeginsWithItsTableOfContents() throws IOException {
        byte[] file = all(make("whole", 3, null));

        assertThat(boxes(file)).extracting(Box::type).containsExactly("ftyp", "moov", "mdat");
        assertThat(boxes(file).getLast().end()).isEqualTo(file.length);
    }

    @Test
    void aMovieDecodesToMovingPicturesForAsLongAsItClaims() throws IOException, JCodecException {
        MovieFile movie = make("whole", 3, null);

        try (var in = NIOUtils.readableChannel(movies.stored(movie).toFile())) {
            FrameGrab frames = FrameGrab.createFrameGrab(in);
            assertThat(frames.getVideoTrack().getMeta().getTotalFrames()).isEqualTo(12);
            assertThat(frames.getVideoTrack().getMeta().getTotalDuration()).isEqualTo(3.0);
            Picture first = frames.getNativeFrame();
            assertThat(first.getCroppedWidth()).isEqualTo(160);
            assertThat(first.getCroppedHeight()).isEqualTo(90);
            byte[] before = first.getPlaneData(0).clone();
            assertThat(frames.getNativeFrame().getPlaneData(0)).isNotEqualTo(before);
        }
    }

    @Test
    void aLongMovieHasNoMoreFramesThanAllowed() throws IOException, JCodecException {
        MovieFile movie = make("long", 7200, null);

        try (var in = NIOUtils.readableChannel(movies.stored(movie).toFile())) {
            FrameGrab frames = FrameGrab.createFrameGrab(in);
            assertThat(frames.getVideoTrack().getMeta().getTotalFrames()).isEqualTo(12);
            assertThat(frames.getVideoTrack().getMeta().getTotalDuration()).isEqualTo(7200.0);
        }
    }

    @Test
    void aFileOfExactSizeIsAMovieWhoseLastBoxIsThatLong() throws IOException, JCodecException {
        long bytes = 3 * Script.LEAST_BYTES + 1;
        MovieFile movie = make("sized", 60, bytes);
        byte[] file = all(movie);

        assertThat(file).hasSize(Math.toIntExact(bytes));
        assertThat(boxes(file)).extracting(Box::type).containsExactly("ftyp", "moov", "mdat");
        assertThat(boxes(file).getLast().end()).isEqualTo(bytes);
        assertThat(Files.size(movies.stored(movie))).isLessThan(Script.LEAST_BYTES);
        Path copy = Files.write(folder.resolve("copy.mp4"), file);
        try (var in = NIOUtils.readableChannel(copy.toFile())) {
            assertThat(FrameGrab.createFrameGrab(in).getVideoTrack().getMeta().getTotalDuration()).isEqualTo(60.0);
        }
    }

    @Test
    void anyRangeOfAFileIsASliceOfTheWhole() throws IOException {
        MovieFile movie = make("sized", 2, 2 * Script.LEAST_BYTES + 7);
        byte[] file = all(movie);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            int from = random.nextInt(file.length);
            int length = random.nextInt(file.length - from + 1);

            assertThat(read(movie, from, length)).as("from %d, %d bytes, seed %d", from, length, seed)
                    .isEqualTo(Arrays.copyOfRange(file, from, from + length));
        }
        int border = Math.toIntExact(movie.stored());
        assertThat(read(movie, border - 1, 2)).isEqualTo(Arrays.copyOfRange(file, border - 1, border + 1));
        assertThat(read(movie, border, 1)).isEqualTo(Arrays.copyOfRange(file, border, border + 1));
    }

    @Test
    void aRangeFarBehindFourGiBCostsNoMore() {
        MovieFile huge = new MovieFile("absent.mp4", 1000, 1L << 45, 17, "\"e\"");

        byte[] tail = read(huge, (1L << 45) - 100, 100);

        long paddingAt = (1L << 45) - 100 - 1000;
        assertThat(tail).hasSize(100);
        assertThat(tail[0]).isEqualTo(Padding.slice(17, paddingAt, 1).get());
    }

    @Test
    void hashesAreThoseOfTheBytes() throws Exception {
        for (Long bytes : Arrays.asList(null, Script.LEAST_BYTES + 12_345)) {
            MovieFile movie = make("hashed" + bytes, 1, bytes);
            byte[] file = all(movie);
            CRC32C crc = new CRC32C();
            crc.update(file);

            assertThat(movies.sha256(movie))
                    .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file)));
            assertThat(movies.crc32c(movie)).isEqualTo("%08x".formatted(crc.getValue()));
        }
    }

    @Test
    void aMovieIsMadeOnce() throws IOException {
        MovieFile first = make("once", 1, null);
        Files.setLastModifiedTime(movies.stored(first), FileTime.from(BEGAN));

        assertThat(make("once", 1, null)).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(movies.stored(first)).toInstant()).isEqualTo(BEGAN);
    }

    @Test
    void twoMoviesOfOneSizeDiffer() {
        MovieFile one = make("one", 1, Script.LEAST_BYTES);
        MovieFile other = make("other", 1, Script.LEAST_BYTES);

        assertThat(one.etag()).isNotEqualTo(other.etag());
        assertThat(read(one, Script.LEAST_BYTES - 64, 64)).isNotEqualTo(read(other, Script.LEAST_BYTES - 64, 64));
    }

    @Test
    void aSizeThatMightNotHoldItsMovieIsRefused() {
        assertThatThrownBy(() -> new Script("title", "caption", BEGAN, 1, Script.LEAST_BYTES - 1))
                .hasMessageContaining("bytes must be at least 1048576");
    }

    private MovieFile make(String name, int seconds, @Nullable Long bytes) {
        return movies.make(name, new Script("Weekly planning", "caption", BEGAN, seconds, bytes)).join();
    }

    private byte[] all(MovieFile movie) {
        return read(movie, 0, movie.size());
    }

    private byte[] read(MovieFile movie, long from, long length) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (DataBuffer buffer : movies.read(movie, from, length, DefaultDataBufferFactory.sharedInstance)
                .toIterable()) {
            byte[] piece = new byte[buffer.readableByteCount()];
            buffer.read(piece);
            bytes.writeBytes(piece);
        }
        return bytes.toByteArray();
    }

    private record Box(String type, long end) {}

    private static List<Box> boxes(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        List<Box> boxes = new ArrayList<>();
        for (long at = 0; at < file.length;) {
            in.position(Math.toIntExact(at));
            long size = Integer.toUnsignedLong(in.getInt());
            byte[] type = new byte[4];
            in.get(type);
            at += size == 1 ? in.getLong() : size;
            boxes.add(new Box(new String(type, StandardCharsets.US_ASCII), at));
        }
        return boxes;
    }
}
