package app.kulti.recording.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.webflux.api.OpenApiWebfluxResource;
import org.springdoc.webflux.core.configuration.SpringDocWebFluxConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;

/** The description is for those who build a page, not for those who use it. */
class DescriptionOffTest {
    private final ReactiveWebApplicationContextRunner gateway = new ReactiveWebApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withUserConfiguration(OpenApiConfiguration.class)
            .withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, SpringDocConfigProperties.class,
                    SpringDocConfiguration.class, SpringDocWebFluxConfiguration.class));

    @Test
    void itIsOffUnlessItIsSwitchedOn() {
        gateway.run(context -> {
            assertThat(context).doesNotHaveBean(OpenApiWebfluxResource.class).doesNotHaveBean(RecordSchemas.class);
            assertThat(context.getEnvironment().getProperty("springdoc.swagger-ui.enabled")).isEqualTo("false");
        });
        gateway.withPropertyValues("springdoc.api-docs.enabled=true").run(context -> {
            assertThat(context).hasSingleBean(OpenApiWebfluxResource.class).hasSingleBean(RecordSchemas.class);
            assertThat(context.getEnvironment().getProperty("springdoc.swagger-ui.enabled")).isEqualTo("true");
        });
    }
}
