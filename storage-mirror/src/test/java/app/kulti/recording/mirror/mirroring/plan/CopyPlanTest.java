package app.kulti.recording.mirror.mirroring.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopyPlanTest {
    private static final long MIB = 1L << 20;
    private static final PartSize SIZES = new PartSize(8 * MIB, 64 * MIB);

    @ParameterizedTest
    @ValueSource(longs = {1, 5L << 20, 8L << 20, (8L << 20) + 1, 80_000L << 20, (80_000L << 20) + 1, 500L << 30,
            640_000L << 20})
    void tenThousandPartsAlwaysSuffice(long length) {
        var size = SIZES.of(length);

        assertThat(Math.ceilDiv(length, size)).isLessThanOrEqualTo(PartSize.MOST_PARTS);
        assertThat(size).isBetween(PartSize.SMALLEST, PartSize.LARGEST);
    }

    @Test
    void partsKeepTheirPreferredSizeWhileTheyCan() {
        assertThat(SIZES.of(80_000 * MIB)).isEqualTo(8 * MIB);
        assertThat(SIZES.of(80_000 * MIB + 1)).isEqualTo(9 * MIB);
        assertThat(SIZES.longestFile()).isEqualTo(640_000 * MIB);
    }

    @Test
    void tenThousandPartsSufficeAlsoWhereNobodySaysHowLongTheFileIs() {
        var sizes = new PartSize(8 * MIB, PartSize.LARGEST);
        var fits = LongStream.rangeClosed(1, PartSize.MOST_PARTS).map(number -> sizes.ofUnknownLength((int) number))
                .sum();

        assertThat(sizes.ofUnknownLength(1)).isEqualTo(8 * MIB);
        assertThat(sizes.ofUnknownLength(PartSize.MOST_PARTS)).isEqualTo(PartSize.LARGEST);
        assertThat(sizes.longestOfUnknownLength()).isEqualTo(fits).isGreaterThan(600L << 30);
    }

    @Test
    void whatIsWholeLacksNothingAlsoWhenItsPartsGrew() {
        var stored = new TreeMap<Integer, StoredPart>();
        IntStream.rangeClosed(1, 3).forEach(number -> stored.put(number, part(number, 8 * MIB * number)));

        var plan = CopyPlan.begin("upload", "asset", null, 48 * MIB, 8 * MIB).with(stored, Mp4Walk.Position.START);

        assertThat(plan.missing()).isEmpty();
    }

    @Test
    void partSizesThatAServerWouldRefuseAreNone() {
        assertThatThrownBy(() -> new PartSize(PartSize.SMALLEST - 1, PartSize.LARGEST))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PartSize(8 * MIB, PartSize.LARGEST + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "8388608,1,8388608", "8388609,2,1", "20971520,3,4194304"})
    void rangesCoverTheFileWithoutGapOrOverlap(long length, int parts, long last) {
        var plan = plan(length);

        assertThat(plan.partCount()).isEqualTo(parts);
        assertThat(plan.range(parts)).isEqualTo(new ByteRange(length - last, last));
        var end = 0L;
        for (var number = 1; number <= parts; number++) {
            assertThat(plan.range(number).from()).isEqualTo(end);
            end = plan.range(number).end();
        }
        assertThat(end).isEqualTo(length);
    }

    @Test
    void whatIsNotStoredIsMissing() {
        var stored = new TreeMap<Integer, StoredPart>();
        IntStream.of(1, 2, 4).forEach(number -> stored.put(number, part(number, 8 * MIB)));

        var plan = plan(40 * MIB).with(stored, Mp4Walk.Position.START);

        assertThat(plan.missing()).containsExactly(3, 5);
        assertThat(plan.storedBytes()).isEqualTo(24 * MIB);
        assertThat(plan.crc32c()).as("the sum of an unfinished copy").isNull();
    }

    @Test
    void anotherEtagOrLengthIsAnotherFile() {
        var plan = plan(MIB);

        assertThat(plan.matches("\"e\"", MIB)).isTrue();
        assertThat(plan.matches("\"f\"", MIB)).isFalse();
        assertThat(plan.matches(null, MIB)).isFalse();
        assertThat(plan.matches("\"e\"", MIB + 1)).isFalse();
    }

    @Test
    void theHeaderNamesTheLastByteAndNotTheOneBehindIt() {
        assertThat(new ByteRange(5, 10).asHeader()).isEqualTo("bytes=5-14");
    }

    private static CopyPlan plan(long length) {
        return CopyPlan.begin("upload", "asset", "\"e\"", length, SIZES.of(length));
    }

    private static StoredPart part(int number, long size) {
        return new StoredPart(number, size, "\"etag\"", "md5", 0);
    }
}
