package app.kulti.recording.gateway.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachmentNameTest {
    private static final Instant DAY = Instant.parse("2026-11-22T23:59:59Z");

    @ParameterizedTest
    @CsvSource(textBlock = """
            Yoga for all, Yoga for all 2026-11-22.mp4
            'a/b\\c:d*e?f"g<h>i|j', a b c d e f g h i j 2026-11-22.mp4
            ../../etc/passwd, etc passwd 2026-11-22.mp4
            '  ..spaced   out..  ', spaced out 2026-11-22.mp4
            Käse & Brötchen, Käse & Brötchen 2026-11-22.mp4
            陶芸教室, 陶芸教室 2026-11-22.mp4
            '', Recording 2026-11-22.mp4
            ..., Recording 2026-11-22.mp4
            """)
    void aTitleBecomesANameThatEveryFileSystemTakes(String title, String name) {
        assertThat(AttachmentName.of(title, DAY)).hasToString(name);
    }

    @Test
    void nothingInvisibleGetsThrough() {
        assertThat(AttachmentName.of("evil\u202Egpm.exe\r\nSet-Cookie: a=b\u0000\u200B\uD800", DAY))
                .hasToString("evil gpm.exe Set-Cookie a=b 2026-11-22.mp4");
    }

    @Test
    void aLongTitleIsCutBetweenCharacters() {
        assertThat(AttachmentName.of("🎉".repeat(200), DAY)).hasToString("🎉".repeat(80) + " 2026-11-22.mp4");
    }

    @Test
    void aSessionWithoutATitleHasANameToo() {
        assertThat(AttachmentName.of(null, DAY)).hasToString("Recording 2026-11-22.mp4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Yoga       | attachment; filename="Yoga 2026-11-22.mp4"; filename*=UTF-8''Yoga%202026-11-22.mp4
            Käse       | attachment; filename="Kase 2026-11-22.mp4"; filename*=UTF-8''K%C3%A4se%202026-11-22.mp4
            陶芸        | attachment; filename="Recording 2026-11-22.mp4"; filename*=UTF-8''%E9%99%B6%E8%8A%B8%202026-11-22.mp4
            100% a;b'c | attachment; filename="100 a b'c 2026-11-22.mp4"; filename*=UTF-8''100%25%20a%3Bb%27c%202026-11-22.mp4
            3D         | attachment; filename="3D 2026-11-22.mp4"; filename*=UTF-8''3D%202026-11-22.mp4
            """)
    void theHeaderSpeaksToOldAndNewClients(@Nullable String title, String header) {
        assertThat(AttachmentName.of(title, DAY).disposition()).isEqualTo(header);
    }
}
