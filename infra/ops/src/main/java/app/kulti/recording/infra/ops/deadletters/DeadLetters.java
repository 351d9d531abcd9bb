package app.kulti.recording.infra.ops.deadletters;

import app.kulti.recording.events.OperatorAction;
import app.kulti.recording.infra.observability.Redaction;
import app.kulti.recording.infra.ops.Answer;
import app.kulti.recording.infra.ops.Desk;
import app.kulti.recording.infra.ops.Exit;
import app.kulti.recording.infra.ops.Progress;
import app.kulti.recording.infra.ops.Told;
import app.kulti.recording.infra.ops.Why;
import app.kulti.recording.infra.ops.kafka.Audit;
import app.kulti.recording.infra.ops.kafka.Broker;
import app.kulti.recording.infra.ops.kafka.DeadLetterTopics;
import app.kulti.recording.infra.ops.kafka.DeadLetterTopics.DeadLetter;
import app.kulti.recording.infra.ops.kafka.DeadLetterTopics.Place;
import app.kulti.recording.infra.ops.postgres.OneAtATime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The dead letters and what has been done about them. */
final class DeadLetters implements AutoCloseable {
    /** What has come back so often is not mended by trying. */
    private static final int MOST_RETRIES = 3;

    private final Desk desk;
    private final Broker broker;
    private final DeadLetterTopics topics;
    private final Audit audit;

    DeadLetters(Desk desk) {
        this.desk = desk;
        this.broker = new Broker(desk.settings());
        this.topics = new DeadLetterTopics(broker);
        this.audit = new Audit(desk, broker);
    }

    /** One line of the list. */
    record Listed(String place, Instant at, @Nullable String event, String original, String reason, int attempts,
            Fate fate) {
        static Listed of(DeadLetter letter, Fate fate) {
            return new Listed(letter.place().toString(), letter.at(), letter.event(), letter.original().toString(),
                    Redaction.redact(letter.reason()), letter.attempts(), fate);
        }
    }

    /**
     * The list.
     *
     * @param reasons of those that are open, and how often each
     */
    record DeadLetterList(long open, Map<String, Long> reasons, List<Listed> letters) implements Answer {
        @Override
        public Stream<String> lines() {
            if (letters.isEmpty()) {
                return Stream.of("There are no open dead letters.");
            }
            var most = reasons.values().stream().mapToLong(Long::longValue).max().orElse(1);
            return Stream.of(Stream.of("%d open, by reason:".formatted(open)),
                    Answer.table(reasons.entrySet().stream()
                            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                            .map(reason -> List.of(reason.getValue().toString(), bar(reason.getValue(), most),
                                    reason.getKey()))
                            .toList()),
                    Stream.of(""),
                    Answer.table(letters.stream().map(letter -> List.of(letter.place(), letter.at().toString(),
                            letter.fate().name().toLowerCase(Locale.ROOT),
                            letter.attempts() == 0 ? "" : "retried " + letter.attempts() + "x", letter.reason()))
                            .toList()))
                    .flatMap(line -> line);
        }

        private static String bar(long count, long most) {
            return "#".repeat((int) Math.max(1, count * 30 / most));
        }
    }

    Answer list(@Nullable String topic, boolean all) {
        var fates = Fate.of(audit.read());
        var letters = topics.list(topic).stream().map(letter -> Listed.of(letter, fate(fates, letter.place())))
                .sorted(Comparator.comparing(Listed::at)).toList();
        var open = letters.stream().filter(letter -> letter.fate() == Fate.OPEN).toList();
        return new DeadLetterList(open.size(), open.stream().collect(Collectors.groupingBy(Listed::reason, TreeMap::new,
                Collectors.counting())), all ? letters : open);
    }

    private static Fate fate(Map<Place, Fate> fates, Place place) {
        return fates.getOrDefault(place, Fate.OPEN);
    }

    /** The open ones, of a topic and with a reason, where those are given. */
    List<Place> open(@Nullable String topic, @Nullable String containing) {
        var fates = Fate.of(audit.read());
        return topics.list(topic).stream()
                .filter(letter -> fate(fates, letter.place()) == Fate.OPEN)
                .filter(letter -> containing == null || letter.reason().contains(containing))
                .map(DeadLetter::place).toList();
    }

    /** One, whole; its content is redacted, for it can hold signed links and meeting URLs. */
    record Shown(Listed letter, @Nullable String key, Map<String, String> headers, String content)
            implements
                Answer {
        @Override
        public Stream<String> lines() {
            return Stream.of(Stream.of("%s, %s, from %s".formatted(letter.place(), letter.fate(), letter.original()),
                    "reason: " + letter.reason(), "key: " + key),
                    Answer.table(headers.entrySet().stream()
                            .map(header -> List.of(header.getKey(), header.getValue())).toList()),
                    Stream.of("", content)).flatMap(line -> line);
        }
    }

    Answer show(Place place) {
        var record = topics.read(place).orElseThrow(() -> gone(place));
        var headers = new TreeMap<String, String>();
        DeadLetterTopics.headers(record).forEach((name, value) -> headers.put(name, Redaction.redact(value)));
        var value = record.value();
        return new Shown(Listed.of(DeadLetterTopics.letter(record), fate(Fate.of(audit.read()), place)), record.key(),
                headers, value == null ? "" : Redaction.redact(new String(value, StandardCharsets.UTF_8)));
    }

    private static Told gone(Place place) {
        return Told.notThere("There is no record at %s; dead letters are kept 90 days.".formatted(place));
    }

    /** What was done about some. */
    record Done(List<String> retried, List<String> parked, List<String> alreadyDone, boolean interrupted)
            implements
                Answer {
        @Override
        public int exit() {
            if (interrupted) {
                return Exit.CANCELLED;
            }
            return retried.isEmpty() && parked.isEmpty() ? Exit.NOT_THERE : Exit.DONE;
        }

        @Override
        public Stream<String> lines() {
            return Stream.of(said(retried, "put back"), said(parked, "parked"),
                    said(alreadyDone, "left alone: tried again or parked before"),
                    interrupted
                            ? Stream.of("Interrupted. The same command goes on with the rest.")
                            : Stream.<String>of(),
                    retried.isEmpty() && parked.isEmpty() ? Stream.of("Nothing was changed.") : Stream.<String>of())
                    .flatMap(line -> line);
        }

        private static Stream<String> said(List<String> places, String what) {
            return places.isEmpty()
                    ? Stream.of()
                    : Stream.concat(Stream.of("%d %s:".formatted(places.size(), what)),
                            places.stream().map(place -> "  " + place));
        }
    }

    Answer retry(List<Place> places, Why.Said said) {
        return each(places, said, "retry", true);
    }

    Answer park(List<Place> places, Why.Said said) {
        return each(places, said, "park", false);
    }

    /** One after the other, each noted when it is done, so that an interrupted one goes on with the rest. */
    private Answer each(List<Place> places, Why.Said said, String deed, boolean retries) {
        var retried = new ArrayList<String>();
        var parked = new ArrayList<String>();
        var before = new ArrayList<String>();
        try (var _ = OneAtATime.take(desk.settings(), said, "dead-letters " + deed);
                var progress = Progress.of(desk, deed, places.size())) {
            var fates = Fate.of(audit.read());
            var done = 0;
            for (var place : places) {
                if (desk.stop().isRequested()) {
                    return new Done(retried, parked, before, true);
                }
                if (fate(fates, place) != Fate.OPEN) {
                    before.add(place.toString());
                } else {
                    var record = topics.read(place).orElseThrow(() -> gone(place));
                    if (retries && DeadLetterTopics.letter(record).attempts() < MOST_RETRIES) {
                        putBack(record, place, said);
                        retried.add(place.toString());
                    } else {
                        audit.note(new OperatorAction.DeadLetterParked(said.by(), said.reason(), place.topic(),
                                place.partition(), place.offset()));
                        parked.add(place.toString());
                    }
                }
                progress.at(++done);
            }
        }
        return new Done(retried, parked, before, false);
    }

    private void putBack(ConsumerRecord<String, byte[]> record, Place place, Why.Said said) {
        var attempt = topics.putBack(record, said);
        audit.note(new OperatorAction.DeadLetterRetried(said.by(), said.reason(), place.topic(), place.partition(),
                place.offset(), attempt));
    }

    @Override
    public void close() {
        topics.close();
        audit.close();
        broker.close();
    }
}
