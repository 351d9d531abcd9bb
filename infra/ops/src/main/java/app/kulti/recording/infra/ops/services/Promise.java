package app.kulti.recording.infra.ops.services;

import app.kulti.recording.events.ids.RecordingId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What would become of webhooks.
 *
 * @param types      100ms's type → what would become of them ({@code APPLIED}, {@code DUPLICATE}, …) → how many
 * @param recordings each that they meet
 */
public record Promise(int webhooks, Map<String, Map<String, Integer>> types, Map<RecordingId, Change> recordings) {
    /** Of no webhook. */
    public static final Promise NOTHING = new Promise(0, Map.of(), Map.of());

    /**
     * A recording's status as it is and as it would be.
     *
     * @param now   null when there is no such recording
     * @param after null when there would be none
     */
    public record Change(RecordingId recording, @Nullable String now, @Nullable String after) {
        /** Whether there is a difference. */
        public boolean differs() {
            return !Objects.equals(now, after);
        }

        Change then(Change later) {
            return new Change(recording, now, later.after() == null ? after : later.after());
        }
    }

    /** Both, the other one later. */
    Promise and(Promise later) {
        var all = new TreeMap<String, Map<String, Integer>>();
        Stream.of(this, later).flatMap(one -> one.types().entrySet().stream()).forEach(type -> type.getValue()
                .forEach((fate, count) -> all.computeIfAbsent(type.getKey(), _ -> new TreeMap<>())
                        .merge(fate, count, Integer::sum)));
        var changes = new LinkedHashMap<RecordingId, Change>(recordings);
        later.recordings().forEach((id, change) -> changes.merge(id, change, Change::then));
        return new Promise(webhooks + later.webhooks(), all, changes);
    }

    /** All of several, in their order. */
    public static Promise sum(Collection<Promise> some) {
        return some.stream().reduce(NOTHING, Promise::and);
    }

    /** The recordings that would not stay as they are. */
    public List<Change> changes() {
        return recordings.values().stream().filter(Change::differs).toList();
    }

    /** As a table: type, how many, and what would become of them. */
    public List<List<String>> rows() {
        var rows = new ArrayList<List<String>>();
        types.forEach((type, fates) -> rows.add(List.of(type,
                Integer.toString(fates.values().stream().mapToInt(Integer::intValue).sum()),
                fates.entrySet().stream().map(fate -> fate.getValue() + " " + words(fate.getKey()))
                        .collect(Collectors.joining(", ")))));
        return rows;
    }

    private static final Map<String, String> WORDS = Map.of("APPLIED", "would be applied", "DUPLICATE",
            "applied before", "REFUSED", "would be refused", "UNMATCHED", "of no known recording", "SILENT",
            "say nothing of a recording", "UNREADABLE", "cannot be read");

    private static String words(String fate) {
        return WORDS.getOrDefault(fate, fate);
    }

    /** How many recordings have each of the values that {@code of} tells. */
    Map<String, Long> histogram(Function<Change, String> of) {
        return recordings.values().stream().collect(Collectors.groupingBy(of, TreeMap::new, Collectors.counting()));
    }
}
