package app.kulti.recording.infra.local.hms.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartTest {
    private static final String ETAG = "\"e\"";
    private static final String DATE = "Sun, 01 Mar 2026 10:00:00 GMT";

    @ParameterizedTest
    @CsvSource({"bytes=0-0, 0, 1", "bytes=0-99, 0, 100", "bytes=10-19, 10, 10", "bytes=90-, 90, 10", "bytes=0-, 0, 100",
            "bytes=90-1000, 90, 10", "bytes=-10, 90, 10", "bytes=-1000, 0, 100", "bytes=99-99, 99, 1"})
    void aRangeInsideTheFileIsServed(String range, long from, long length) {
        assertThat(of(range, null)).isEqualTo(new Part.Range(from, length, 100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-100", "bytes=5000-6000", "bytes=-0"})
    void aRangeOutsideTheFileCannotBeServed(String range) {
        assertThat(of(range, null)).isEqualTo(new Part.Unsatisfiable(100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=5-2", "bytes=a-b", "bytes", "lines=1-2", "bytes=0-1,4-5"})
    void whatIsNoSingleRangeGetsTheWhole(String range) {
        assertThat(of(range, null)).isEqualTo(new Part.Whole(100));
    }

    @Test
    void noRangeGetsTheWhole() {
        assertThat(of(null, null)).isEqualTo(new Part.Whole(100));
    }

    @Test
    void aRangeOfTheVersionInHandIsServed() {
        assertThat(of("bytes=10-19", ETAG)).isEqualTo(new Part.Range(10, 10, 100));
        assertThat(of("bytes=10-19", DATE)).isEqualTo(new Part.Range(10, 10, 100));
    }

    @Test
    void aRangeOfAnotherVersionGetsTheWhole() {
        assertThat(of("bytes=10-19", "\"other\"")).isEqualTo(new Part.Whole(100));
        assertThat(of("bytes=10-19", "W/" + ETAG)).isEqualTo(new Part.Whole(100));
        assertThat(of("bytes=10-19", "Sun, 01 Mar 2026 10:00:01 GMT")).isEqualTo(new Part.Whole(100));
    }

    @Test
    void theHeaderSaysWhatIsServed() {
        assertThat(new Part.Range(10, 10, 100).contentRange()).isEqualTo("bytes 10-19/100");
    }

    private static Part of(@Nullable String range, @Nullable String ifRange) {
        return Part.of(range, ifRange, 100, ETAG, DATE);
    }
}
