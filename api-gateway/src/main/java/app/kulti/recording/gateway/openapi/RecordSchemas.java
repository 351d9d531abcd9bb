package app.kulti.recording.gateway.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;

/**
 * Records as they are written: named by Jackson 3, which the library does not know, every component there, and null
 * where the component may be.
 */
@SuppressWarnings({"rawtypes", "unchecked"}) // as the library has its schemas
final class RecordSchemas implements ModelConverter {
    private static final String NULL = "null";

    private final Map<String, Class<?>> named = new ConcurrentHashMap<>();
    private final JsonMapper json;

    RecordSchemas(JsonMapper json) {
        this.json = json;
    }

    @Override
    public @Nullable Schema resolve(AnnotatedType type, ModelConverterContext context,
            Iterator<ModelConverter> chain) {
        var raw = rawClass(type);
        if (JsonNode.class.isAssignableFrom(raw)) {
            return new Schema(SpecVersion.V31).types(Set.of("object"));
        }
        var schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        if (schema != null && raw.isRecord()) {
            var model = schema.get$ref() == null ? schema : referenced(schema.get$ref(), raw, context);
            if (model != null) {
                describe(model, raw);
            }
        }
        return schema;
    }

    private @Nullable Schema referenced(String ref, Class<?> record, ModelConverterContext context) {
        var name = ref.substring(ref.lastIndexOf('/') + 1);
        requireOne(name, record);
        return context.getDefinedModels().get(name);
    }

    private static Class<?> rawClass(AnnotatedType type) {
        return Json31.mapper().constructType(type.getType()).getRawClass();
    }

    /** The library would let the second of two records with one simple name take the place of the first. */
    private void requireOne(String name, Class<?> record) {
        var other = named.putIfAbsent(name, record);
        if (other != null && other != record) {
            throw new IllegalStateException("Both %s and %s would be described as %s: give one a @Schema(name = …)"
                    .formatted(record.getName(), other.getName(), name));
        }
    }

    private void describe(Schema model, Class<?> record) {
        Map<String, Schema> given = model.getProperties();
        if (given == null) {
            return;
        }
        var names = namesIn(record);
        var leavesOutNull = leavesOutNull(record);
        var described = new LinkedHashMap<String, Schema>();
        var required = new ArrayList<String>();
        for (var component : record.getRecordComponents()) {
            var name = names.getOrDefault(component.getName(), component.getName());
            // Under its final name once it was described before.
            var property = given.getOrDefault(component.getName(), given.get(name));
            if (property != null) {
                var isNullable = isNullable(component);
                described.put(name, isNullable && !leavesOutNull ? nullable(property) : property);
                if (!isNullable || !leavesOutNull) {
                    required.add(name);
                }
            }
        }
        model.setProperties(described);
        model.setRequired(required);
    }

    /** Component to property, as Jackson itself tells it. */
    private Map<String, String> namesIn(Class<?> record) {
        var names = new HashMap<String, String>();
        json.acceptJsonFormatVisitor(record, new JsonFormatVisitorWrapper.Base() {
            @Override
            public JsonObjectFormatVisitor expectObjectFormat(JavaType type) {
                return new JsonObjectFormatVisitor.Base(getContext()) {
                    @Override
                    public void property(BeanProperty property) {
                        names.put(property.getMember().getName(), property.getName());
                    }

                    @Override
                    public void optionalProperty(BeanProperty property) {
                        property(property);
                    }
                };
            }
        });
        return names;
    }

    private static boolean leavesOutNull(Class<?> record) {
        var include = record.getAnnotation(JsonInclude.class);
        return include != null && include.value() == JsonInclude.Include.NON_NULL;
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static Schema nullable(Schema schema) {
        if (schema.get$ref() != null) {
            return new Schema(SpecVersion.V31).description(schema.getDescription())
                    .oneOf(List.of(schema, new Schema(SpecVersion.V31).types(Set.of(NULL))));
        }
        if (schema.getTypes() != null) {
            var types = new LinkedHashSet<>(schema.getTypes());
            types.add(NULL);
            schema.setTypes(types);
        }
        return schema;
    }

    /** What may be null in a request may as well be left out. */
    static void relaxRequests(OpenAPI api) {
        var bodies = requestBodies(api);
        api.getComponents().getSchemas().forEach((name, schema) -> {
            if (bodies.contains(name)) {
                var required = new ArrayList<String>();
                ((Map<String, Schema>) schema.getProperties()).forEach((property, its) -> {
                    if (!isNull(its)) {
                        required.add(property);
                    }
                });
                schema.setRequired(required);
            }
        });
    }

    private static Set<String> requestBodies(OpenAPI api) {
        var names = new HashSet<String>();
        for (PathItem path : api.getPaths().values()) {
            for (var operation : path.readOperations()) {
                if (operation.getRequestBody() != null) {
                    operation.getRequestBody().getContent().values().forEach(content -> {
                        var ref = content.getSchema().get$ref();
                        if (ref != null) {
                            names.add(ref.substring(ref.lastIndexOf('/') + 1));
                        }
                    });
                }
            }
        }
        return names;
    }

    private static boolean isNull(Schema schema) {
        return schema.getOneOf() != null || (schema.getTypes() != null && schema.getTypes().contains(NULL));
    }
}
