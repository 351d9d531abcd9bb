package app.kulti.recording.mirror.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OffsetLedgerTest {
    private final OffsetLedger ledger = new OffsetLedger();

    @Test
    void nothingReadIsNothingToCommit() {
        assertThat(ledger.toCommit()).isEmpty();
    }

    @Test
    void whatIsDoneInOrderIsCommittedAtOnce() {
        ledger.begin(5);
        ledger.done(5);

        assertThat(ledger.toCommit()).hasValue(6);
    }

    @Test
    void nothingIsCommittedPastWhatIsUndone() {
        ledger.begin(5);
        ledger.begin(6);
        ledger.begin(9);
        ledger.done(6);
        ledger.done(9);

        assertThat(ledger.toCommit()).hasValue(5);
        assertThat(ledger.undone()).isEqualTo(1);

        ledger.done(5);
        assertThat(ledger.toCommit()).hasValue(10);
    }

    @Test
    void theSameIsNotCommittedTwice() {
        ledger.begin(5);
        ledger.done(5);
        ledger.committed(6);

        assertThat(ledger.toCommit()).isEmpty();
    }

    @Test
    void doneTwiceIsDoneOnce() {
        ledger.begin(5);
        ledger.begin(6);
        ledger.done(5);
        ledger.done(5);

        assertThat(ledger.toCommit()).hasValue(6);
    }
}
