package app.kulti.recording.infra.journeys;

import app.kulti.recording.infra.local.run.Caller;
import app.kulti.recording.infra.local.run.LocalSystem;
import app.kulti.recording.infra.local.run.Service;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The metrics that running services really export: name → each series' labels. */
record Exported(Map<String, List<Map<String, String>>> series) {
    private static final Pattern LINE = Pattern.compile("^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** As Prometheus would see them, which itself adds how its look went, and whose they are. */
    static Exported by(LocalSystem system) {
        var all = new HashMap<String, List<Map<String, String>>>();
        for (var service : Service.values()) {
            var text = new Caller(system.management(service), null).get("/actuator/prometheus").raw().body();
            read(new String(text, StandardCharsets.UTF_8), service.module(), all);
            all.computeIfAbsent("up", _ -> new ArrayList<>()).add(Map.of("job", service.module(), "instance", ""));
        }
        return new Exported(all);
    }

    private static void read(String text, String job, Map<String, List<Map<String, String>>> all) {
        text.lines().map(LINE::matcher).filter(line -> line.matches()).forEach(line -> {
            var labels = new HashMap<>(Map.of("job", job, "instance", ""));
            LABEL.matcher(Optional.ofNullable(line.group(2)).orElse("")).results()
                    .forEach(label -> labels.put(label.group(1), label.group(2)));
            all.computeIfAbsent(line.group(1), _ -> new ArrayList<>()).add(labels);
        });
    }

    /** What the query asks for and finds nothing of, in words; empty when it finds all. */
    List<String> missingFor(Query query) {
        var missing = new ArrayList<String>();
        var labels = new TreeSet<String>();
        for (var asked : query.asked()) {
            var found = series.getOrDefault(asked.metric(), List.of());
            if (found.isEmpty()) {
                missing.add("no metric " + asked.metric());
            } else if (found.stream().noneMatch(asked::matches)) {
                missing.add("no series of %s with %s, but %s".formatted(asked.metric(), asked.matchers(), found));
            }
            found.forEach(one -> labels.addAll(one.keySet()));
        }
        query.groupings().stream().filter(label -> !labels.contains(label))
                .forEach(label -> missing.add("no label " + label));
        return missing;
    }
}
