package app.kulti.recording.gateway;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.gateway.consent.RequestId;
import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;
import app.kulti.recording.gateway.sharing.ShareId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.ConditionalGenericConverter;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/** Input is taken as it is written: nothing is read into it. */
@Configuration(proxyBeanMethods = false)
public class StrictInput implements WebFluxConfigurer {
    private static final Pattern CANONICAL = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    /** In paths and queries. To a plain UUID Spring finds ways of its own when a converter refuses. */
    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, RecordingId.class, text -> new RecordingId(uuid(text)));
        registry.addConverter(String.class, SessionId.class, text -> new SessionId(uuid(text)));
        registry.addConverter(String.class, ShareId.class, text -> new ShareId(uuid(text)));
        registry.addConverter(String.class, RequestId.class, text -> new RequestId(uuid(text)));
        registry.addConverter(new OnlyOnce());
    }

    /** In bodies. */
    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return json -> json
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .withCoercionConfig(LogicalType.Textual, texts -> {
                    texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    texts.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    texts.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                })
                .addModule(new SimpleModule().addDeserializer(UUID.class, new CanonicalUuids()));
    }

    @Bean
    StrictNumbers strictNumbers() {
        return new StrictNumbers();
    }

    /** Nobody here unpacks a body; after the door, which comes first. */
    @Bean
    @Order(0)
    WebFilter plainBodies() {
        return (exchange, chain) -> isPacked(exchange.getRequest().getHeaders())
                ? Mono.error(new Problem(ProblemType.UNSUPPORTED_MEDIA_TYPE,
                        "Send the body as application/json, without a Content-Encoding."))
                : chain.filter(exchange);
    }

    private static boolean isPacked(HttpHeaders headers) {
        var encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
        return encoding != null && !encoding.equalsIgnoreCase("identity");
    }

    /** The library's own readers take shorter forms, and base64. */
    private static UUID uuid(String text) {
        if (!CANONICAL.matcher(text).matches()) {
            throw new IllegalArgumentException("no UUID");
        }
        return UUID.fromString(text);
    }

    /** What is given twice: the library would take the first, or all of them with commas in between. */
    private static final class OnlyOnce implements ConditionalGenericConverter {
        @Override
        public Set<ConvertiblePair> getConvertibleTypes() {
            return Set.of(new ConvertiblePair(List.class, Object.class));
        }

        @Override
        public boolean matches(TypeDescriptor source, TypeDescriptor target) {
            return !target.isCollection() && !target.isArray();
        }

        @Override
        public Object convert(@Nullable Object source, TypeDescriptor sourceType, TypeDescriptor targetType) {
            throw new IllegalArgumentException("given more than once");
        }
    }

    private static final class CanonicalUuids extends StdScalarDeserializer<UUID> {
        private CanonicalUuids() {
            super(UUID.class);
        }

        @Override
        public UUID deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (UUID) context.handleUnexpectedToken(UUID.class, parser);
            }
            var text = parser.getString();
            try {
                return uuid(text);
            } catch (IllegalArgumentException _) {
                return (UUID) context.handleWeirdStringValue(UUID.class, text, "no UUID");
            }
        }
    }
}
