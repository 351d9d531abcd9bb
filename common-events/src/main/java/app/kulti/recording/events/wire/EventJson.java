package app.kulti.recording.events.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of events: times as ISO 8601, nothing said about what is absent, unknown fields ignored so that it can grow, and a
 * component that is not {@link Nullable} must be there.
 */
public final class EventJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .annotationIntrospector(new NullnessIsTheContract())
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private EventJson() {}

    /** The one mapper of events; safe to share. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** Reads "required" off the code instead of having it said twice. */
    private static final class NullnessIsTheContract extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
            var type = componentType(member);
            return type == null
                    ? super.hasRequiredMarker(config, member)
                    : (Boolean) !type.isAnnotationPresent(Nullable.class);
        }

        @Override
        public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated member) {
            var type = componentType(member);
            return type == null || type.isAnnotationPresent(Nullable.class)
                    ? super.findSetterInfo(config, member)
                    : JsonSetter.Value.forValueNulls(Nulls.FAIL);
        }

        /** The declared type of a record component, where {@code member} is the constructor's parameter for one. */
        private static @Nullable AnnotatedType componentType(Annotated member) {
            return member instanceof AnnotatedParameter parameter
                    && parameter.getOwner().getAnnotated() instanceof Constructor<?> constructor
                    && constructor.getDeclaringClass().isRecord()
                            ? constructor.getAnnotatedParameterTypes()[parameter.getIndex()]
                            : null;
        }

        @Override
        public Version version() {
            return Version.unknownVersion();
        }
    }
}
