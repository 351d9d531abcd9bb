package app.kulti.recording.gateway.sharing;

import app.kulti.recording.infra.observability.Redaction;
import io.micrometer.common.KeyValue;
import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/** Requests as traces tell of them: a path that opens something is not written down. */
public final class TokenFreeTraces extends DefaultServerRequestObservationConvention {
    @Override
    protected KeyValue httpUrl(ServerRequestObservationContext context) {
        var url = super.httpUrl(context);
        return KeyValue.of(url.getKey(), Redaction.redact(url.getValue()));
    }
}
