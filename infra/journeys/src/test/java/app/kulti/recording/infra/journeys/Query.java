package app.kulti.recording.infra.journeys;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a PromQL expression asks for.
 *
 * @param source    where it stands, for people
 * @param asked     its selectors
 * @param groupings the labels of {@code by (…)}
 */
record Query(String source, List<Selector> asked, Set<String> groupings) {
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern SELECTOR = Pattern.compile(
            "(?<![\\w:.])([a-zA-Z_:][\\w:]*)\\s*(?:\\{((?:[^}\"]|\"(?:[^\"\\\\]|\\\\.)*\")*)}|(?![\\w:(]|\\s*\\())");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "group_left",
            "group_right");

    /** A metric and what is asked of its labels. */
    record Selector(String metric, List<Matcher> matchers) {
        boolean matches(Map<String, String> labels) {
            return matchers.stream().allMatch(matcher -> matcher.matches(labels));
        }
    }

    /** As in {@code outcome!~"a|b"}. Unlike for Prometheus, a label that is not there matches nothing. */
    record Matcher(String label, String operator, String value) {
        boolean matches(Map<String, String> labels) {
            var is = labels.get(label);
            return is != null && switch (operator) {
                case "=" -> is.equals(value);
                case "!=" -> !is.equals(value);
                case "=~" -> is.matches(value);
                default -> !is.matches(value);
            };
        }
    }

    static Query read(String source, String expression) {
        var groupings = new TreeSet<String>();
        GROUPING.matcher(expression).results().forEach(grouping -> Arrays.stream(grouping.group(1).split(","))
                .map(String::strip).filter(label -> !label.isEmpty()).forEach(groupings::add));
        var bare = GROUPING.matcher(expression).replaceAll(" ").replaceAll("\\[[^]]*]", " ");
        var asked = new ArrayList<Selector>();
        SELECTOR.matcher(bare).results().filter(found -> !WORDS.contains(found.group(1))).forEach(found -> asked.add(
                new Selector(found.group(1), MATCHER.matcher(Optional.ofNullable(found.group(2)).orElse("")).results()
                        .map(one -> new Matcher(one.group(1), one.group(2), one.group(3))).toList())));
        return new Query(source, asked, groupings);
    }

    @Override
    public String toString() {
        return source;
    }
}
