package app.kulti.recording.infra.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** What an application that has this library on its class path, and does nothing else for it, writes to its console. */
@ExtendWith(OutputCaptureExtension.class)
class RedactedLogTest {
    private static final Logger LOG = LoggerFactory.getLogger("org.example.Anybody");
    private static final String SIGNED = "https://b.s3.amazonaws.com/a.mp4?X-Amz-Signature=s3cr3t";
    private final Exception fault = new IllegalStateException("cannot read \"" + SIGNED + "\"",
            new IOException("401 for Bearer s3cr3t-s3cr3t"));

    @AfterEach
    void leaveNothingBehind() {
        MDC.clear();
        var logging = LoggingSystem.get(getClass().getClassLoader());
        logging.cleanUp();
        logging.beforeInitialize();
    }

    @Test
    void linesHaveNoSecretsInMessageArgumentsOrExceptions(CapturedOutput output) {
        try (var _ = application()) {
            LOG.info("reading {} now", SIGNED);
            LOG.warn("gave up", fault);
        }

        assertThat(output).contains("reading https://b.s3.amazonaws.com/a.mp4?[redacted] now",
                "IllegalStateException: cannot read \"https://b.s3.amazonaws.com/a.mp4?[redacted]\"",
                "Caused by: java.io.IOException: 401 for Bearer [redacted]",
                "at app.kulti.recording.infra.observability.RedactedLogTest").doesNotContain("s3cr3t");
    }

    @Test
    void aPatternOfOnesOwnLeavesNothingOut(CapturedOutput output) {
        MDC.put("link", SIGNED);
        try (var _ = application("--logging.pattern.console=%-5level %X{link} %message%n")) {
            LOG.info("{\"meeting_url\":\"https://k.example/s3cr3t\"}", fault);
        }

        assertThat(output).contains(
                "INFO  https://b.s3.amazonaws.com/a.mp4?[redacted] {\"meeting_url\":\"[redacted]\"}",
                "IllegalStateException: cannot read").doesNotContain("s3cr3t");
    }

    @Test
    void levelsAreSetAsEver(CapturedOutput output) {
        try (var _ = application("--logging.level.org.example=debug", "--logging.level.root=warn")) {
            LOG.debug("for the curious");
            LoggerFactory.getLogger("com.example").info("for nobody");
        }

        assertThat(output).contains("for the curious").doesNotContain("for nobody");
    }

    @Test
    void jsonHasNoSecretsAndStaysJson(CapturedOutput output) {
        MDC.put("link", SIGNED);
        try (var _ = application("--logging.structured.format.console=ecs")) {
            LOG.warn("he said \"{}\"", SIGNED, fault);
        }

        var line = output.getOut().lines().filter(text -> text.contains("he said")).findFirst().orElseThrow();
        var json = JsonMapper.shared().readTree(line);
        assertThat(json.at("/message").stringValue())
                .isEqualTo("he said \"https://b.s3.amazonaws.com/a.mp4?[redacted]\"");
        assertThat(json.at("/link").stringValue()).isEqualTo("https://b.s3.amazonaws.com/a.mp4?[redacted]");
        assertThat(json.at("/error/stack_trace").stringValue())
                .contains("Caused by: java.io.IOException: 401 for Bearer [redacted]");
        assertThat(output).doesNotContain("s3cr3t");
    }

    private static ConfigurableApplicationContext application(String... arguments) {
        return new SpringApplicationBuilder(Nothing.class).web(WebApplicationType.NONE).bannerMode(Banner.Mode.OFF)
                .run(arguments);
    }

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}
}
