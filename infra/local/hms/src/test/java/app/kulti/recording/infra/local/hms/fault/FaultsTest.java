package app.kulti.recording.infra.local.hms.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.kulti.recording.infra.local.hms.fault.Faults.FaultSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private final Faults faults = new Faults();

    @Test
    void aFaultStrikesAsOftenAsItSays() {
        WebhookFault drop = new WebhookFault.Drop("beam.started.success", null, 2);
        faults.add(new FaultSet(List.of(drop), null, null));

        assertThat(faults.onWebhook("beam.started.success", "a")).containsExactly(drop);
        assertThat(faults.onWebhook("beam.stopped.success", "a")).isEmpty();
        assertThat(faults.onWebhook("beam.started.success", "b")).containsExactly(drop);
        assertThat(faults.onWebhook("beam.started.success", "a")).isEmpty();
        assertThat(faults.list()).containsExactly(new Faults.SetFault(drop, 2));
    }

    @Test
    void aFaultOfOneRoomSparesOthers() {
        ApiFault slow = new ApiFault.Slow(Operation.START, "a", null, 10);
        faults.add(new FaultSet(null, List.of(slow), null));

        assertThat(faults.onCall(Operation.START, "a")).containsExactly(slow);
        assertThat(faults.onCall(Operation.START, "b")).isEmpty();
        assertThat(faults.onCall(Operation.LIST, null)).isEmpty();
        assertThat(faults.onCall(Operation.STOP, "a")).isEmpty();
    }

    @Test
    void replacingForgetsAndAddingKeeps() {
        FileFault html = new FileFault.Html(null, null);
        FileFault expired = new FileFault.Expired(null, null);
        faults.replace(new FaultSet(null, null, List.of(html)));
        faults.add(new FaultSet(null, null, List.of(expired)));
        assertThat(faults.onFile("a")).containsExactly(html, expired);

        faults.replace(new FaultSet(null, null, List.of(expired)));
        assertThat(faults.onFile("a")).containsExactly(expired);

        faults.clear();
        assertThat(faults.onFile("a")).isEmpty();
    }

    @Test
    void aFaultThatMakesNoSenseIsRefusedWithItsField() {
        assertThatThrownBy(() -> new WebhookFault.Drop(null, null, 0)).hasMessageContaining("times");
        assertThatThrownBy(() -> new WebhookFault.Reorder(null, null, null, " ", null)).hasMessageContaining("after");
        assertThatThrownBy(() -> new ApiFault.Status(null, null, null, 200, null)).hasMessageContaining("status");
    }
}
