package app.kulti.recording.gateway.query;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingFinding;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    static Stream<String> allThatTravelsToTheProcessor() {
        return Stream.of(RecordingCommand.class, RecordingFinding.class, MirrorReport.class)
                .flatMap(topic -> Stream.of(topic.getPermittedSubclasses()))
                .map(message -> message.getAnnotation(JsonTypeName.class).value());
    }

    @ParameterizedTest
    @MethodSource("allThatTravelsToTheProcessor")
    @ValueSource(strings = {"beam.started.success", "beam.stopped.success", "beam.recording.success", "beam.failure",
            "hls.recording.success", "recording.started", "recording.stopped", "recording.success", "recording.failed"})
    void everyKindHasASentence(String type) {
        assertThat(Words.of(type)).matches("[A-Z1].*[a-z)]\\.").doesNotContain("kulti", "reported");
    }

    @ParameterizedTest
    @CsvSource({"transcription.started.success, transcription started success",
            "kulti.finding.brand-new.v2, finding brand new"})
    void aKindOfLaterIsReadableToo(String type, String words) {
        assertThat(Words.of(type)).isEqualTo("Something else was reported: " + words + ".");
    }

    @Test
    void soIsNothing() {
        assertThat(Words.of("")).isEqualTo("Something happened.");
    }
}
