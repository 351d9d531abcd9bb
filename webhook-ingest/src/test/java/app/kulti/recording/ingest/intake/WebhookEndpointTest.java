package app.kulti.recording.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import app.kulti.recording.ingest.authenticity.Authenticity;
import app.kulti.recording.ingest.authenticity.AuthenticitySettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class WebhookEndpointTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final WebhookEndpoint endpoint = new WebhookEndpoint(
            new Authenticity(
                    new AuthenticitySettings(List.of("s"), "X-Kulti-Webhook-Secret", List.of(), List.of(), List.of())),
            _ -> Mono.never(), Clock.systemUTC(), meters,
            new ProblemAnswers(new JsonMapper(), meters, Clock.systemUTC()));

    @Test
    void aSenderWhoIsGoneWhenItsAnswerIsDueIsNoFaultOfOurs(CapturedOutput output) {
        var request = mock(HttpServerRequest.class);
        var response = mock(HttpServerResponse.class);
        when(request.method()).thenThrow(AbortedException.beforeSend());

        endpoint.apply(request, response).block(Duration.ofSeconds(5));

        assertThat(output).doesNotContain("failed for no known reason");
    }
}
