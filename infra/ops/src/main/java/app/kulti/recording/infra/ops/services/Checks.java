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
     * @param detail what is wrong and what to do about it; absent when it is well
     */
    public record Finding(String what, boolean ok, @Nullable String detail) {}

    /** Whether the service is ready, and what it found of what only it has the keys to. */
    public List<Finding> of(ServiceName service) {
        var found = new ArrayList<Finding>();
        try {
            var ready = management.get(service, "/actuator/health/readiness");
            var json = ready.json();
            found.add(ready.status() == 200
                    ? new Finding("is ready" + named(" with its ", json, true), true, null)
                    : new Finding("is ready", false, "readiness answers %d%s".formatted(ready.status(),
                            named(", down: ", json, false))));
            found.addAll(own(service));
        } catch (Told e) {
            found.add(new Finding("is ready", false, e.words()));
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
        var checks = said.json().path("checks");
        return said.status() == 200 && checks.isArray()
                ? checks.valueStream().map(Checks::read).toList()
                : List.of(new Finding("answers for its own", false, "/ops/check answers %d%s".formatted(said.status(),
                        switch (said.status()) {
                            case 429 -> ": somebody else is asking it; ask again";
                            case 504 -> ": it found nothing out in time; its readiness says which neighbour is away";
                            case 404 -> ": is that its management port, and is it this version?";
                            default -> "";
                        })));
    }

    private static Finding read(JsonNode one) {
        var detail = one.path("detail").asString("");
        return new Finding(one.path("name").asString("answers for its own"), one.path("ok").asBoolean(false),
                detail.isEmpty() ? null : detail);
    }
}
