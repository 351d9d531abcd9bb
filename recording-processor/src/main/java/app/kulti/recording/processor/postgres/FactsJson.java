package app.kulti.recording.processor.postgres;

import app.kulti.recording.events.wire.EventJson;
import app.kulti.recording.processor.recording.Facts;
import app.kulti.recording.processor.recording.OutsideId;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Facts as they stand in {@code recording_progress.facts}: without the signed URL, which has a column of its own. */
final class FactsJson {
    private static final JsonMapper JSON = EventJson.mapper().rebuild().addMixIn(OutsideId.Kind.class, ByWireName.class)
            .build();

    private FactsJson() {}

    static String write(Facts facts) {
        return JSON.writeValueAsString(facts.withUrl(null));
    }

    static String writeNames(List<OutsideId> names) {
        return JSON.writeValueAsString(names);
    }

    static List<OutsideId> readNames(String json) {
        return JSON.readValue(json, JSON.getTypeFactory().constructCollectionType(List.class, OutsideId.class));
    }

    static Facts read(String json) {
        return JSON.readValue(json, Facts.class);
    }

    /** The pure model knows nothing of JSON. */
    private interface ByWireName {
        @JsonValue
        String wireName();

        @JsonCreator
        static OutsideId.Kind of(String wireName) {
            return OutsideId.Kind.of(wireName);
        }
    }
}
