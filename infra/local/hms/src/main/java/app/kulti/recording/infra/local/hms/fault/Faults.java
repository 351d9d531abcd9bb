package app.kulti.recording.infra.local.hms.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The switches that are set now. Each that fits an occasion strikes, in the order in which they were set. */
public final class Faults {
    private static final int MOST = 1_000;

    private final List<Armed> armed = new CopyOnWriteArrayList<>();

    /** Faults as they are set, by place; a list that is absent is empty. */
    public record FaultSet(@Nullable List<WebhookFault> webhooks, @Nullable List<ApiFault> api,
            @Nullable List<FileFault> files) {

        List<Fault> all() {
            List<Fault> all = new ArrayList<>();
            if (webhooks != null) {
                all.addAll(webhooks);
            }
            if (api != null) {
                all.addAll(api);
            }
            if (files != null) {
                all.addAll(files);
            }
            return all;
        }
    }

    /** A fault that is set, and how often it has struck. */
    public record SetFault(Fault fault, int struck) {}

    /** Sets these in place of all others. */
    public synchronized void replace(FaultSet set) {
        armed.clear();
        add(set);
    }

    /**
     * Sets these beside the others.
     *
     * @throws IllegalArgumentException when there would be too many
     */
    public synchronized void add(FaultSet set) {
        List<Fault> all = set.all();
        if (armed.size() + all.size() > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " faults may be set");
        }
        all.forEach(fault -> armed.add(new Armed(fault)));
    }

    /** Sets nothing. */
    public synchronized void clear() {
        armed.clear();
    }

    /** What is set, used up or not. */
    public List<SetFault> list() {
        return armed.stream().map(Armed::view).toList();
    }

    /** The faults that strike this webhook; each counts as used. */
    public List<WebhookFault> onWebhook(String type, String roomId) {
        return strike(WebhookFault.class, roomId, fault -> fault.type() == null || type.equals(fault.type()));
    }

    /** The faults that strike this call; each counts as used. */
    public List<ApiFault> onCall(Operation operation, @Nullable String roomId) {
        return strike(ApiFault.class, roomId, fault -> fault.operation() == null || fault.operation() == operation);
    }

    /** The faults that strike this download; each counts as used. */
    public List<FileFault> onFile(String roomId) {
        return strike(FileFault.class, roomId, _ -> true);
    }

    private <F extends Fault> List<F> strike(Class<F> place, @Nullable String roomId, Predicate<F> fits) {
        return armed.stream().filter(one -> place.isInstance(one.fault)).filter(one -> {
            F fault = place.cast(one.fault);
            return (fault.roomId() == null || Objects.equals(fault.roomId(), roomId)) && fits.test(fault)
                    && one.strikes();
        }).map(one -> place.cast(one.fault)).toList();
    }

    private static final class Armed {
        private final Fault fault;
        private int struck;

        Armed(Fault fault) {
            this.fault = fault;
        }

        synchronized boolean strikes() {
            Integer times = fault.times();
            if (times != null && struck >= times) {
                return false;
            }
            struck++;
            return true;
        }

        synchronized SetFault view() {
            return new SetFault(fault, struck);
        }
    }
}
