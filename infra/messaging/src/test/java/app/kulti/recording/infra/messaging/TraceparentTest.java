package app.kulti.recording.infra.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceparentTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    @ParameterizedTest
    @ValueSource(strings = {"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"})
    void isReadAsItIsWritten(String text) {
        assertThat(Traceparent.of(text)).hasValueSatisfying(parent -> {
            assertThat(parent).isEqualTo(new Traceparent(TRACE, SPAN, text.endsWith("1")));
            assertThat(parent).hasToString(text);
        });
    }

    @Test
    void otherFlagsThanTheFirstMeanNothingHere() {
        assertThat(Traceparent.of("00-%s-%s-03".formatted(TRACE, SPAN))).hasValueSatisfying(
                parent -> assertThat(parent.sampled()).isTrue());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "00-zz-'<>-01", "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331"})
    void aBrokenOneIsNone(String text) {
        assertThat(Traceparent.of(text)).isEmpty();
        assertThat(Traces.areOne(text, text)).isFalse();
    }

    @Test
    void whoDoesNotTraceSaysNothing() {
        var span = Traces.none().goingOnFrom("00-%s-%s-01".formatted(TRACE, SPAN)).name("nothing").start();

        assertThat(span.isNoop()).isTrue();
        assertThat(Traces.none().traceparent(span)).isNull();
        assertThat(Traces.none().context(span).isEmpty()).isTrue();
    }
}
