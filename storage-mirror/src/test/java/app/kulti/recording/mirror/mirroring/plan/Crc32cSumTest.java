package app.kulti.recording.mirror.mirroring.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Crc32cSumTest {
    @Test
    void theSumOfTheStandardsExampleIsWritten() {
        assertThat(sumOf("123456789".getBytes(StandardCharsets.US_ASCII), 0, 9).hex()).isEqualTo("e3069283");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 255, 4096, 65_536, 99_999, 100_000})
    void twoHalvesGiveTheSumOfTheWhole(int cut) {
        var bytes = bytes(100_000);

        var combined = sumOf(bytes, 0, cut).then(sumOf(bytes, cut, bytes.length - cut));

        assertThat(combined).isEqualTo(sumOf(bytes, 0, bytes.length));
    }

    @Test
    void anyNumberOfPartsOfAnyLengthGivesTheSumOfTheWhole() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var bytes = bytes(1_000_000);
        var combined = Crc32cSum.EMPTY;
        for (var from = 0; from < bytes.length;) {
            var length = Math.min(bytes.length - from, random.nextInt(50_000));
            combined = combined.then(sumOf(bytes, from, length));
            from += length;
        }

        assertThat(combined).as("seed %d", seed).isEqualTo(sumOf(bytes, 0, bytes.length));
    }

    @Test
    void partsOfZerosBeyondFourGigabytesAreCombinedWithoutReadingThem() {
        var zeros = sumOf(new byte[1 << 20], 0, 1 << 20);
        var doubled = zeros;
        for (var times = 0; times < 13; times++) {
            doubled = doubled.then(doubled);
        }
        var oneByOne = Crc32cSum.EMPTY;
        for (var times = 0; times < 1 << 13; times++) {
            oneByOne = oneByOne.then(zeros);
        }

        assertThat(doubled).isEqualTo(oneByOne);
        assertThat(doubled.length()).isEqualTo(8L << 30);
    }

    private static byte[] bytes(int count) {
        var bytes = new byte[count];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static Crc32cSum sumOf(byte[] bytes, int from, int length) {
        var crc = new CRC32C();
        crc.update(bytes, from, length);
        return new Crc32cSum((int) crc.getValue(), length);
    }
}
