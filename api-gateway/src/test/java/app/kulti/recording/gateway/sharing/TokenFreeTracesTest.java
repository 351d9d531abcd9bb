package app.kulti.recording.gateway.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.common.KeyValue;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

class TokenFreeTracesTest {
    @ParameterizedTest
    @CsvSource({"/share/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, /share/[redacted]",
            "/api/recordings/list, /api/recordings/list"})
    void aPathThatOpensSomethingIsNotWrittenDown(String path, String told) {
        var context = new ServerRequestObservationContext(MockServerHttpRequest.get(path).build(),
                new MockServerHttpResponse(), Map.of());
        assertThat(new TokenFreeTraces().getHighCardinalityKeyValues(context)).contains(KeyValue.of("http.url", told))
                .noneMatch(value -> value.getValue().contains("AAAA"));
        assertThat(new TokenFreeTraces().getLowCardinalityKeyValues(context))
                .noneMatch(value -> value.getValue().contains("AAAA"));
    }
}
