package app.kulti.recording.infra.bench.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilmBytesTest {
    private static final Film FILM = Film.fast(3 * Film.MIB + 17, 1);
    private static final byte[] WHOLE = bytes(FILM, 0, FILM.bytes(), 256 << 10);

    @ParameterizedTest
    @CsvSource({"0,1", "0,100", "39,2", "1048570,10", "3145744,1", "3145700,45", "1000000,2000000"})
    void anyRangeHasTheBytesOfTheWhole(int from, int count) {
        assertThat(bytes(FILM, from, count, 1000)).isEqualTo(Arrays.copyOfRange(WHOLE, from, from + count));
    }

    @Test
    void itsBoxesAddUp() {
        var boxes = ByteBuffer.wrap(WHOLE);
        var ftyp = boxes.getInt(0);
        var mdat = boxes.getLong(ftyp + 8);

        assertThat(WHOLE).hasSize((int) FILM.bytes());
        assertThat(type(4)).isEqualTo("ftyp");
        assertThat(type(ftyp + 4)).isEqualTo("mdat");
        assertThat(type((int) (ftyp + mdat) + 4)).isEqualTo("moov");
        assertThat(ftyp + mdat + boxes.getInt((int) (ftyp + mdat))).isEqualTo(FILM.bytes());
    }

    @Test
    void anotherNumberIsAnotherFilm() {
        assertThat(bytes(Film.fast(FILM.bytes(), 2), 0, FILM.bytes(), 256 << 10)).isNotEqualTo(WHOLE);
    }

    private static String type(int at) {
        return new String(WHOLE, at, 4, StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(Film film, long from, long count, int most) {
        var bytes = new ByteArrayOutputStream();
        for (ByteBuf piece : FilmBytes.of(film, from, count, most).toIterable()) {
            var some = new byte[piece.readableBytes()];
            piece.readBytes(some);
            bytes.writeBytes(some);
        }
        return bytes.toByteArray();
    }
}
