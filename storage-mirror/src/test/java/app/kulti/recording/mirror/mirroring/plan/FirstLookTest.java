package app.kulti.recording.mirror.mirroring.plan;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstLookTest {
    @Test
    void aFilmPasses() {
        assertThat(look("video/mp4", "\0\0\0\u0018ftypisom")).isEmpty();
        assertThat(look("binary/octet-stream", "\0\0\0\u0018ftypisom")).isEmpty();
        assertThat(look(null, "\0\0\0\u0018ftypisom")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!DOCTYPE html><p>Sorry", "<html>", "\n\t <HTML>", "\uFEFF<?xml version=\"1.0\"?><Error>"})
    void aPageIsOneWhateverItsTypeSays(String page) {
        assertThat(look("video/mp4", page)).contains(RefusedBecause.HTML);
    }

    @Test
    void aPageIsOneByItsTypeToo() {
        assertThat(look("text/html; charset=utf-8", "Sorry")).contains(RefusedBecause.HTML);
    }

    @Test
    void nothingIsEmpty() {
        assertThat(look("video/mp4", "")).contains(RefusedBecause.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0\0\0\u0018free", "\u001aE\u00df\u00a3webm", "{\"error\":\"x\"}", "ftyp"})
    void anotherFileIsNoMp4(String bytes) {
        assertThat(look("video/mp4", bytes)).contains(RefusedBecause.NOT_MP4);
    }

    private static Optional<RefusedBecause> look(@Nullable String type, String first) {
        var bytes = first.getBytes(StandardCharsets.UTF_8);
        return FirstLook.at(type).or(() -> FirstLook.at(bytes, bytes.length)).map(Flaw::reason);
    }
}
