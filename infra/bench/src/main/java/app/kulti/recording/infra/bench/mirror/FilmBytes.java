package app.kulti.recording.infra.bench.mirror;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import reactor.core.publisher.Flux;

/** The bytes of a {@link Film}: a player's boxes at both ends, and between them a block of noise again and again. */
final class FilmBytes {
    /** A prime, so that parts of any usual size begin at different places of it, and mixed-up parts show. */
    private static final int PERIOD = 1_048_573;
    private static final int FTYP = 24;
    private static final int HEAD = FTYP + 16;
    private static final int TAIL = 16;
    private static final ByteBuffer NOISE = noise();

    private FilmBytes() {}

    /** Some of them, in pieces of at most {@code most} bytes, made as they are asked for. */
    static Flux<ByteBuf> of(Film film, long from, long count, int most) {
        return Flux.generate(() -> from, (at, sink) -> {
            if (at >= from + count) {
                sink.complete();
                return at;
            }
            var piece = piece(film, at, (int) Math.min(most, from + count - at));
            sink.next(Unpooled.wrappedBuffer(piece));
            return at + piece.remaining();
        });
    }

    private static ByteBuffer piece(Film film, long at, int most) {
        var tail = film.bytes() - TAIL;
        if (at < HEAD) {
            return slice(head(film), (int) at, most);
        }
        if (at >= tail) {
            return slice(tail(film), (int) (at - tail), most);
        }
        var place = (int) ((film.number() * 7919L + at) % PERIOD);
        return slice(NOISE, place, (int) Math.min(most, tail - at));
    }

    private static ByteBuffer slice(ByteBuffer bytes, int from, int most) {
        return bytes.slice(from, Math.min(most, bytes.capacity() - from));
    }

    private static ByteBuffer head(Film film) {
        return ByteBuffer.allocate(HEAD).putInt(FTYP).put(ascii("ftypisom")).putInt(512).put(ascii("isommp41"))
                .putInt(1).put(ascii("mdat")).putLong(film.bytes() - FTYP - TAIL);
    }

    private static ByteBuffer tail(Film film) {
        return ByteBuffer.allocate(TAIL).putInt(TAIL).put(ascii("moov")).putLong(film.number());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static ByteBuffer noise() {
        var bytes = new byte[PERIOD];
        new SplittableRandom(100).nextBytes(bytes);
        // Direct, since the socket reads from it without a copy.
        return ByteBuffer.allocateDirect(PERIOD).put(bytes).asReadOnlyBuffer();
    }
}
