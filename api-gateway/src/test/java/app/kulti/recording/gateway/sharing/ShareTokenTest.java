package app.kulti.recording.gateway.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTokenTest {
    private static final byte[] BYTES = new byte[Sharing.RANDOM_BYTES];
    private static final String TEXT = "A".repeat(43);

    @Test
    void isReadAgainAsItWasMade() {
        var made = ShareToken.random(() -> BYTES);
        assertThat(made.path()).isEqualTo("/share/" + TEXT);
        assertThat(ShareToken.of(TEXT)).hasValueSatisfying(read -> assertThat(read.hash()).isEqualTo(made.hash()));
    }

    @Test
    void isKnownByItsHashOnly() {
        // printf 'A%.0s' $(seq 43) | sha256sum
        assertThat(HexFormat.of().formatHex(ShareToken.random(() -> BYTES).hash()))
                .isEqualTo("0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a");
        assertThat(ShareToken.random(() -> BYTES).toString()).doesNotContain("AAA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "äAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "A=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"})
    void whatCannotBeOneIsNone(String text) {
        assertThat(ShareToken.of(text)).isEmpty();
    }
}
