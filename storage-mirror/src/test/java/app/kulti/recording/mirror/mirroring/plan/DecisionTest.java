package app.kulti.recording.mirror.mirroring.plan;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.MirrorWish;
import app.kulti.recording.mirror.mirroring.States;
import org.junit.jupiter.api.Test;

class DecisionTest {
    private static final States STATE = States.any();

    @Test
    void aStateThatWantsACopyHasItsSourceCopied() {
        assertThat(Decision.of(STATE.wanting(MirrorWish.COPY)))
                .isInstanceOfSatisfying(Decision.Copy.class, copy -> assertThat(copy.source().identity())
                        .isEqualTo(STATE.asset()));
    }

    @Test
    void aStateThatWantsNothingMovesNothing() {
        assertThat(Decision.of(STATE.wanting(MirrorWish.NOTHING))).isEqualTo(new Decision.Nothing());
    }

    @Test
    void aTombstoneThatWantsItIsRemoved() {
        assertThat(Decision.of(STATE.deleted(true).wanting(MirrorWish.REMOVE))).isEqualTo(new Decision.Remove());
        assertThat(Decision.of(STATE.wanting(MirrorWish.REMOVE))).isEqualTo(new Decision.Remove());
    }

    @Test
    void aTombstoneIsNeverCopiedWhateverItWants() {
        assertThat(Decision.of(STATE.deleted(true).wanting(MirrorWish.COPY))).isEqualTo(new Decision.Nothing());
    }

    @Test
    void whatHasNoSourceIsNotCopied() {
        assertThat(Decision.of(STATE.withoutSource().wanting(MirrorWish.COPY))).isEqualTo(new Decision.Nothing());
    }
}
