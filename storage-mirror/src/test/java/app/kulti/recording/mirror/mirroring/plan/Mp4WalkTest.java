package app.kulti.recording.mirror.mirroring.plan;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Mp4WalkTest {
    private static final byte[] FILM = file(box("ftyp", 16), box("free", 0), largeBox("mdat", 500), box("moov", 90));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 15, 16, 17, 100, 10_000})
    void aFilmIsOneHoweverItIsCut(int piece) {
        assertThat(walk(FILM, piece)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 24, 30, 33, 40, 41, 300, 600})
    void aWalkGoesOnWhereAnotherStopped(int stop) {
        var first = new Mp4Walk(Mp4Walk.Position.START);
        first.pass(FILM, 0, stop);

        var second = new Mp4Walk(first.position());
        second.pass(FILM, stop, FILM.length - stop);

        assertThat(second.flawOfTheWhole()).isEmpty();
        assertThat(second.seen()).isEqualTo(FILM.length);
    }

    @Test
    void theMovieBoxMayComeFirstAsForStreaming() {
        assertThat(walk(file(box("ftyp", 16), box("moov", 90), box("mdat", 500)), 64)).isEmpty();
    }

    @Test
    void fragmentsAreWalkedAlong() {
        assertThat(walk(file(box("ftyp", 16), box("moov", 90), box("moof", 20), box("mdat", 5), box("moof", 20),
                box("mdat", 5)), 3)).isEmpty();
    }

    @Test
    void theLastBoxMayGoOnToTheEndOfTheFile() {
        assertThat(walk(file(box("ftyp", 16), box("moov", 9), header(0, "mdat"), new byte[1000]), 64)).isEmpty();
    }

    @Test
    void withoutAMovieBoxItIsNoFilm() {
        assertThat(reason(file(box("ftyp", 16), box("mdat", 500)))).contains(RefusedBecause.NO_MOOV);
    }

    @Test
    void aMovieBoxThatBeginsInsideAnotherBoxIsNone() {
        assertThat(reason(file(box("ftyp", 16), header(8 + 98, "mdat"), box("moov", 90))))
                .contains(RefusedBecause.NO_MOOV);
    }

    @Test
    void aFileThatEndsInsideABoxIsCutShort() {
        for (var length : new int[]{20, 30, 200, FILM.length - 1}) {
            var cut = new byte[length];
            System.arraycopy(FILM, 0, cut, 0, length);
            assertThat(reason(cut)).as("%d of %d bytes", length, FILM.length).contains(RefusedBecause.CUT_SHORT);
        }
    }

    @Test
    void whatFollowsOnTheLastBoxMustBeABox() {
        assertThat(reason(file(FILM, new byte[100]))).contains(RefusedBecause.NOT_MP4);
    }

    @Test
    void anotherFirstBoxIsNoMp4() {
        assertThat(reason(file(box("moov", 9), box("ftyp", 9)))).contains(RefusedBecause.NOT_MP4);
    }

    @Test
    void sizesThatCannotBeAreRefusedInsteadOfFollowed() {
        assertThat(reason(file(box("ftyp", 16), header(7, "mdat"), new byte[10]))).contains(RefusedBecause.NOT_MP4);
        assertThat(reason(file(box("ftyp", 16), header(1, "mdat"), longs(-5)))).contains(RefusedBecause.NOT_MP4);
        assertThat(reason(file(box("ftyp", 16), header(1, "mdat"), longs(Long.MAX_VALUE))))
                .contains(RefusedBecause.NOT_MP4);
    }

    private static Optional<RefusedBecause> reason(byte[] file) {
        return walk(file, 64).map(Flaw::reason);
    }

    private static Optional<Flaw> walk(byte[] file, int piece) {
        var walk = new Mp4Walk(Mp4Walk.Position.START);
        for (var from = 0; from < file.length; from += piece) {
            walk.pass(file, from, Math.min(piece, file.length - from));
        }
        return walk.flawOfTheWhole();
    }

    private static byte[] box(String type, int content) {
        return file(header(8 + content, type), new byte[content]);
    }

    private static byte[] largeBox(String type, int content) {
        return file(header(1, type), longs(16 + content), new byte[content]);
    }

    private static byte[] header(int size, String type) {
        return ByteBuffer.allocate(8).putInt(size).put(type.getBytes(StandardCharsets.US_ASCII)).array();
    }

    private static byte[] longs(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    private static byte[] file(byte[]... pieces) {
        var file = new ByteArrayOutputStream();
        for (var piece : pieces) {
            file.writeBytes(piece);
        }
        return file.toByteArray();
    }
}
