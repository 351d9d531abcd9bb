package app.kulti.recording.infra.ops.services;

import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.infra.ops.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Each service's own word on its dependencies and credentials ({@code POST /ops/check}). */
public final class Checks {
    private final Management management;

    public Checks(Management management) {
        this.management = management;
    }

    /**
     * One thing that was looked at.
     *
     * @param detail          what is wrong, or worth knowing
     * @param clockSkewMillis how far its clock is ahead of the service's, where it told
     */
    public record Finding(String what, boolean ok, @Nullable String detail, @Nullable Long clockSkewMillis) {}

    /** Whether the service is ready, and what it found of what only it has the keys to. */
    public List<Finding> of(ServiceName service) {
        var found = new ArrayList<Finding>();
        try {
            var ready = management.get(service, "/actuator/health/readiness");
            var json = ready.json();
            found.add(ready.status() == 200
                    ? new Finding("is ready" + named(" with its ", json, true), true, null, null)
                    : new Finding("is ready", false, "readiness answers %d%s".formatted(ready.status(),
                            named(", down: ", json, false)), null));
            found.addAll(own(service));
        } catch (Told e) {
            found.add(new Finding("is ready", false, e.words(), null));
        }
        return found;
    }

    /** Which of its neighbours it has or misses, its logins among them, where it tells. */
    private static String named(String before, JsonNode health, boolean up) {
        var names = health.path("components").propertyStream()
                .filter(component -> component.getValue().path("status").asString("").equals("UP") == up)
                .map(Map.Entry::getKey).sorted().collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : before + names;
    }

    private List<Finding> own(ServiceName service) {
        var said = management.post(service, "/ops/check", "application/json", "{}");
        if (said.status() != 200) {
            return List.of(new Finding("answers for its own", false, "/ops/check answers %d".formatted(said.status()),
                    null));
        }
        var found = new ArrayList<Finding>();
        said.json().forEachEntry((name, one) -> read(name, one, found));
        return found;
    }

    /** An object with {@code ok} is a finding; what holds some is looked into. */
    private static void read(String name, JsonNode node, List<Finding> found) {
        if (node.path("ok").isBoolean()) {
            var skew = node.path("clockSkewMillis");
            var detail = node.path("detail");
            found.add(new Finding(node.path("name").asString(node.path("check").asString(name)),
                    node.path("ok").booleanValue(),
                    detail.isString() ? detail.stringValue() : null, skew.isNumber() ? skew.longValue() : null));
        } else if (node.isArray()) {
            node.valueStream().forEach(one -> read(name, one, found));
        } else if (node.isObject()) {
            node.forEachEntry((inner, one) -> read(name + "." + inner, one, found));
        }
    }
}
