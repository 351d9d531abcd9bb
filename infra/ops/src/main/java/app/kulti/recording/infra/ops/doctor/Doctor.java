package app.kulti.recording.infra.ops.doctor;

import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.infra.ops.Answer;
import app.kulti.recording.infra.ops.Desk;
import app.kulti.recording.infra.ops.Exit;
import app.kulti.recording.infra.ops.Told;
import app.kulti.recording.infra.ops.hms.HmsApi;
import app.kulti.recording.infra.ops.kafka.Broker;
import app.kulti.recording.infra.ops.kafka.TopicForms;
import app.kulti.recording.infra.ops.postgres.Database;
import app.kulti.recording.infra.ops.services.Checks;
import app.kulti.recording.infra.ops.services.Management;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at everything once. */
final class Doctor {
    /** What the contract lets clocks differ, and one more for those that tell theirs to the second. */
    private static final Duration SKEW = Duration.ofSeconds(6);
    private static final List<ServiceName> SERVICES = List.of(ServiceName.GATEWAY, ServiceName.INGEST,
            ServiceName.PROCESSOR, ServiceName.MIRROR);

    private final Desk desk;
    private final List<Finding> found = new ArrayList<>();

    Doctor(Desk desk) {
        this.desk = desk;
    }

    /**
     * One line.
     *
     * @param wrong null when it is well
     * @param mend  what to do, where that is not said with what is wrong
     */
    record Finding(String what, @Nullable String wrong, @Nullable String mend) {
        boolean well() {
            return wrong == null;
        }
    }

    /** All lines. */
    record Diagnosis(List<Finding> findings) implements Answer {
        @Override
        public int exit() {
            return findings.stream().allMatch(Finding::well) ? Exit.DONE : Exit.DIFFERENT;
        }

        @Override
        public Stream<String> lines() {
            return findings.stream().map(finding -> finding.well()
                    ? "ok     " + finding.what()
                    : "WRONG  %s: %s%s".formatted(finding.what(), finding.wrong(),
                            finding.mend() == null ? "" : " → " + finding.mend()));
        }
    }

    Diagnosis look() {
        kafka();
        postgres();
        hms();
        SERVICES.forEach(this::service);
        return new Diagnosis(List.copyOf(found));
    }

    private void kafka() {
        try (var broker = new Broker(desk.settings())) {
            var topics = new TopicForms(broker);
            well("Kafka answers, %d broker%s".formatted(topics.brokers(), topics.brokers() == 1 ? "" : "s"));
            topics.list().forEach(form -> found.add(new Finding("topic " + form.topic(), form.wrong(), form.mend())));
        } catch (Told e) {
            wrong("Kafka", e.words());
        }
    }

    private void postgres() {
        try (var database = new Database(desk.settings(), "kulti-ops doctor")) {
            var time = database.first("SELECT clock_timestamp()",
                    row -> row.getObject(1, OffsetDateTime.class).toInstant()).orElseThrow();
            well("PostgreSQL answers");
            clock("PostgreSQL", time);
            var readsOnly = database.first("SELECT current_setting('transaction_read_only') = 'on'"
                    + " AND NOT has_table_privilege('public.recordings', 'UPDATE')", row -> row.getBoolean(1))
                    .orElse(false);
            found.add(new Finding("PostgreSQL: the operators' login only reads", readsOnly ? null : "it can write",
                    "log in as kulti_ops (SPRING_DATASOURCE_USERNAME)"));
            database.list("SELECT 1 FROM kulti_recording.recording_history LIMIT 1", row -> row.getInt(1));
            well("PostgreSQL: the migrations are applied");
        } catch (Told e) {
            wrong("PostgreSQL", e.words());
        }
    }

    private void hms() {
        try {
            var time = new HmsApi(desk).time();
            well("100ms answers and takes the operators' credentials");
            time.ifPresent(at -> clock("100ms", at));
        } catch (Told e) {
            wrong("100ms", e.words());
        }
    }

    private void service(ServiceName service) {
        new Checks(new Management(desk.settings())).of(service).forEach(finding -> {
            var what = "%s: %s".formatted(service.wireName(), finding.what());
            found.add(finding.ok()
                    ? new Finding(what, null, null)
                    : new Finding(what, finding.detail() == null ? "it says so" : finding.detail(), mend(service)));
        });
    }

    private static String mend(ServiceName service) {
        return "look at its log and its settings, which the README has for %s".formatted(service.wireName());
    }

    private void clock(String whose, Instant theirs) {
        var apart = Duration.between(desk.clock().instant(), theirs).abs();
        found.add(new Finding("the clock agrees with that of " + whose,
                apart.compareTo(SKEW) <= 0 ? null : "%d s apart".formatted(apart.toSeconds()),
                "synchronise this machine's clock (chrony, NTP), or theirs"));
    }

    private void well(String what) {
        found.add(new Finding(what, null, null));
    }

    private void wrong(String what, String why) {
        found.add(new Finding(what, why, null));
    }
}
