package app.kulti.recording.processor.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.processor.advance.Findings;
import app.kulti.recording.processor.recording.Lifetime;
import app.kulti.recording.processor.retention.Ages;
import app.kulti.recording.processor.retention.RetentionSettings;
import app.kulti.recording.processor.retention.WatchAges;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What lasts too long is stopped, what is old goes: after its host was told, and never much at a time. */
class RetentionIT extends RunningProcessor {
    private static final int MOST = 3;

    @Autowired
    private Ages ages;
    @Autowired
    private Lifetime lifetime;

    @Test
    void itsHostIsToldFiveMinutesBeforeAndThenItIsStopped() {
        var start = started();
        begun(start.recordingId(), "1 hour 56 minutes");
        var told = traffic.event(RecordingEvent.LimitNears.class, start.recordingId());
        assertThat(told.stopsAt()).isBetween(Instant.now().plusSeconds(200), Instant.now().plusSeconds(241));
        assertThat(row(start.recordingId())).containsEntry("status", "recording");

        begun(start.recordingId(), "2 hours 1 minute");
        traffic.event(RecordingEvent.Stopped.class, start.recordingId());
        assertThat(hms.in(room).getFirst().status()).isEqualTo("stopping");
        assertThat(traffic.about(start.recordingId())).filteredOn(RecordingEvent.LimitNears.class::isInstance)
                .hasSize(1);
    }

    @Test
    void aRowThatWasThereBeforeIsToldOfAndDeletedAWeekLater() {
        var old = inherited();
        var told = traffic.event(RecordingEvent.ExpiryNears.class, old);
        assertThat(told.expiresAt()).isAfter(Instant.now().plus(Duration.ofDays(6)));
        await().during(Duration.ofSeconds(2)).atMost(LIMIT).until(() -> database
                .rows("SELECT 1 FROM public.recordings WHERE id = ?", old.value()).size() == 1);

        aWeekPasses(old);

        assertThat(traffic.event(RecordingEvent.Deleted.class, old).state().deleted()).isTrue();
        assertThat(tombstone(old)).containsEntry("actor", "retention");
    }

    @Test
    void aDateThatWasToldUnderAShorterRetentionHoldsUpNobodyElse() {
        var old = inherited();
        traffic.event(RecordingEvent.ExpiryNears.class, old);
        var inAYear = Instant.now().plus(Duration.ofDays(365));

        assertThat(expired(inAYear, lifetime.retention())).contains(old);
        assertThat(expired(inAYear, Duration.ofDays(1_000))).doesNotContain(old);
    }

    private List<RecordingId> expired(Instant at, Duration retention) {
        return ages.expired(at, retention, 10_000).blockOptional(LIMIT).orElseThrow().stream().map(Ages.Aged::id)
                .toList();
    }

    @Test
    void whatIsKeptIsNeitherToldOfNorDeleted() {
        var old = inherited();
        traffic.event(RecordingEvent.ExpiryNears.class, old);
        var keep = new RecordingCommand.Keep(new CommandId(UUID.randomUUID()), session, host, Instant.now(), old, true);
        traffic.send(keep);
        assertThat(traffic.answerTo(keep.commandId()).answer()).isEqualTo(new Answer.Done());

        aWeekPasses(old);

        await().during(Duration.ofSeconds(3)).atMost(LIMIT).until(() -> database
                .rows("SELECT 1 FROM public.recordings WHERE id = ?", old.value()).size() == 1);
    }

    @Test
    void aClockThatJumpsAYearFindsNoMoreThanItMayAtATime() {
        for (var number = 0; number < 2 * MOST; number++) {
            traffic.event(RecordingEvent.ExpiryNears.class, inherited());
        }

        var found = findingsOf(Instant.now().plus(Duration.ofDays(365)));

        assertThat(found).filteredOn(RecordingFinding.Expired.class::isInstance).hasSize(MOST);
        assertThat(found).filteredOn(RecordingFinding.ExpiryNears.class::isInstance).hasSizeLessThanOrEqualTo(MOST);
    }

    @Test
    void whatHappenedToADeletedRecordingIsKnownForNinetyDays() {
        var old = inherited();
        traffic.event(RecordingEvent.ExpiryNears.class, old);
        aWeekPasses(old);
        traffic.event(RecordingEvent.Deleted.class, old);

        findingsOf(Instant.now().plus(Duration.ofDays(89)));
        assertThat(historyOf(old)).isNotEmpty();

        // Others, which other tests have deleted, may have their turn first.
        await().atMost(LIMIT).until(() -> {
            findingsOf(Instant.now().plus(Duration.ofDays(91)));
            return historyOf(old).isEmpty();
        });
        assertThat(tombstone(old)).as("by which a late event is recognised").isNotNull();
    }

    private static List<Map<String, @Nullable Object>> historyOf(RecordingId id) {
        return database.rows("SELECT 1 FROM kulti_recording.recording_history WHERE recording_id = ?", id.value());
    }

    @Test
    void whatMetNoRecordingIsKnownForNinetyDaysToo() {
        var old = List.of(decided("unmatched", new RecordingId(UUID.randomUUID()), 91), decided("refused", null, 91));
        var younger = List.of(decided("unmatched", new RecordingId(UUID.randomUUID()), 89),
                decided("refused", null, 89));
        var ofSomethingThatNeverWas = List.of(decided("applied", new RecordingId(UUID.randomUUID()), 91),
                decided("refused", new RecordingId(UUID.randomUUID()), 91));

        await().atMost(LIMIT).until(() -> old.stream().noneMatch(RetentionIT::isKnown));
        assertThat(younger).allMatch(RetentionIT::isKnown);
        assertThat(ofSomethingThatNeverWas).allMatch(RetentionIT::isKnown);
    }

    private static UUID decided(String decision, @Nullable RecordingId recording, int daysAgo) {
        var event = UUID.randomUUID();
        database.execute("INSERT INTO kulti_recording.recording_history (recording_id, event_id, type, source_topic,"
                + " source_partition, source_offset, decided_at, decision)"
                + " VALUES (?::uuid, ?, 'beam.failure', 'hms.webhooks', 0, 0, now() - make_interval(days => ?), ?)",
                recording == null ? null : recording.value(), event, daysAgo, decision);
        return event;
    }

    private static boolean isKnown(UUID event) {
        return !database.rows("SELECT 1 FROM kulti_recording.recording_history WHERE event_id = ?", event).isEmpty();
    }

    @Test
    void ofSeveralCopiesOneHasTheTurn() {
        database.execute("DELETE FROM kulti_recording.schedule_turns");

        var turns = Flux.range(0, 8).flatMap(_ -> ages.takeTurn(Duration.ofHours(1))).collectList().block(LIMIT);

        assertThat(turns).hasSize(8).as("or none, when this service's own schedule was faster")
                .filteredOn(Boolean::booleanValue).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aTurnThatWasTakenByAClockThatRanFarAheadIsTakenAgain() {
        database.execute("INSERT INTO kulti_recording.schedule_turns VALUES ('retention', now() + interval '1 year')"
                + " ON CONFLICT (schedule) DO UPDATE SET taken_at = excluded.taken_at");

        ages.takeTurn(Duration.ofHours(1)).block(LIMIT);

        assertThat(database.rows("SELECT 1 FROM kulti_recording.schedule_turns WHERE taken_at <= now()")).hasSize(1);
    }

    private List<RecordingFinding> findingsOf(Instant now) {
        var found = new CopyOnWriteArrayList<RecordingFinding>();
        Findings findings = finding -> {
            found.add(finding.message());
            return Mono.empty();
        };
        new WatchAges(ages, findings, lifetime, new RetentionSettings(Duration.ofMillis(1), MOST), () -> now)
                .expiries().block(LIMIT);
        return found;
    }

    private RecordingId inherited() {
        return ofTheApp("failed", "old", "{}", "200 days");
    }

    private static void begun(RecordingId id, String ago) {
        database.execute("""
                UPDATE kulti_recording.recording_progress SET begun_at = now() - ?::interval,
                  facts = jsonb_set(facts, '{course,accepted,value}',
                    to_jsonb(to_char((now() - ?::interval) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
                WHERE recording_id = ?""", ago, ago, id.value());
    }

    private static void aWeekPasses(RecordingId id) {
        database.execute("""
                UPDATE kulti_recording.recording_progress SET expires_at = now() - interval '1 minute',
                  facts = jsonb_set(facts, '{expiry,value}',
                    to_jsonb(to_char((now() - interval '1 minute') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
                WHERE recording_id = ?""", id.value());
    }
}
