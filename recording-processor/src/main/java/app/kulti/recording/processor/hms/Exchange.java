package app.kulti.recording.processor.hms;

import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.processor.hms.Attempt.Lost;
import app.kulti.recording.processor.hms.Attempt.Settled;
import app.kulti.recording.processor.hms.Attempt.Unauthorized;
import app.kulti.recording.processor.hms.HmsJson.Problem;
import app.kulti.recording.processor.hms.ManagementTokens.Token;
import app.kulti.recording.processor.hms.Patience.Crowd;
import io.netty.channel.ChannelOption;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.codec.CodecException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.http.codec.json.JacksonJsonEncoder;
import org.springframework.web.reactive.function.UnsupportedMediaTypeException;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientException;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** One HTTP exchange with 100ms, and what its outcome means. */
final class Exchange {
    private static final int LONGEST_DETAIL = 200;

    // A page of 100 recordings has about 200 kB, their meeting URLs with tokens included.
    private static final int LONGEST_ANSWER = 1024 * 1024;
    // Load balancers keep an idle connection for a minute or so; one that they close under a start costs us its answer.
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(20);

    private final WebClient web;
    private final ConnectionProvider connections;
    private final InstantSource clock;

    /** Exchanges over {@code crowd.connections()} of their own. */
    Exchange(String name, WebClient.Builder web, URI baseUrl, Patience patience, Crowd crowd, InstantSource clock) {
        this.clock = clock;
        this.connections = ConnectionProvider.builder("hms-" + name)
                .maxConnections(crowd.connections())
                .pendingAcquireMaxCount(crowd.all())
                .pendingAcquireTimeout(patience.acquire())
                .maxIdleTime(LONGEST_IDLE)
                .build();
        var http = HttpClient.create(connections)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) patience.connect().toMillis())
                // It repeats a request by itself only where a connection broke before any of it was sent.
                .responseTimeout(patience.response());
        var json = HmsJson.mapper();
        this.web = web.clone()
                .baseUrl(baseUrl.toString().replaceAll("/+$", ""))
                .clientConnector(new ReactorClientHttpConnector(http))
                .codecs(codecs -> {
                    codecs.defaultCodecs().maxInMemorySize(LONGEST_ANSWER);
                    codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(json));
                    codecs.defaultCodecs().jacksonJsonEncoder(new JacksonJsonEncoder(json));
                })
                .build();
    }

    /** Gives up the connections; calls that are under way fail. */
    void close() {
        connections.dispose();
    }

    /** Makes the call once; what can be expected to go wrong is a value. */
    <J, T> Mono<Attempt<T>> make(Call<J, T> call, Token token) {
        var request = web.method(call.method())
                .uri(call.path(), call.variables().toArray())
                .headers(headers -> headers.setBearerAuth(token.value()));
        var body = call.body();
        return (body == null ? request : request.bodyValue(body))
                .exchangeToMono(response -> read(call, response))
                .onErrorResume(Exchange::mayBeExpected, fault -> Mono.just(lost(fault)));
    }

    private <J, T> Mono<Attempt<T>> read(Call<J, T> call, ClientResponse response) {
        if (response.statusCode().is2xxSuccessful()) {
            return response.bodyToMono(call.type())
                    .<Attempt<T>>map(json -> new Settled<>(call.read().apply(json, response.headers().asHttpHeaders())))
                    .switchIfEmpty(Mono.just(unreadable()));
        }
        return response.bodyToMono(Problem.class)
                .mapNotNull(Problem::message)
                .onErrorComplete(Exchange::mayBeExpected)
                .defaultIfEmpty("")
                .map(message -> judge(response, message));
    }

    private <T> Attempt<T> judge(ClientResponse response, String message) {
        var status = response.statusCode().value();
        var detail = detail(status, message);
        if (status == 408 || status >= 500) {
            return new Lost<>("100ms answered " + status, false, true, retryAfter(response));
        }
        return switch (status) {
            case 401 -> new Unauthorized<>(detail);
            case 404 -> Settled.withheld(new HmsAnswer.NotFound());
            case 409 -> Settled.withheld(new HmsAnswer.Conflict(null));
            case 429 -> new Lost<>("100ms answered 429", true, false, retryAfter(response));
            default -> Settled.withheld(new HmsAnswer.Refused(status, detail));
        };
    }

    /** 100ms's message, fit to be shown to people in one line. */
    private static String detail(int status, String message) {
        var clean = message.replaceAll("\\p{Cntrl}", " ").strip();
        if (clean.isEmpty()) {
            var known = HttpStatus.resolve(status);
            return known == null ? "HTTP " + status : known.getReasonPhrase();
        }
        return clean.length() <= LONGEST_DETAIL ? clean : clean.substring(0, LONGEST_DETAIL) + "…";
    }

    /** RFC 9110, 10.2.3: seconds or a date. One that is neither is not there. */
    private @Nullable Duration retryAfter(ClientResponse response) {
        var headers = response.headers().asHttpHeaders();
        var value = headers.getFirst(HttpHeaders.RETRY_AFTER);
        if (value == null) {
            return null;
        }
        if (value.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            var date = headers.getFirstZonedDateTime(HttpHeaders.RETRY_AFTER);
            return date == null ? null : atLeastZero(Duration.between(clock.instant(), date));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static Duration atLeastZero(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    private static boolean mayBeExpected(Throwable fault) {
        return fault instanceof WebClientException || fault instanceof IOException || isUnreadable(fault);
    }

    private static boolean isUnreadable(Throwable fault) {
        return fault instanceof CodecException || fault instanceof DataBufferLimitException
                || fault instanceof UnsupportedMediaTypeException;
    }

    /** Messages of exceptions are left out: they quote what was sent and received. */
    private static <T> Attempt<T> lost(Throwable fault) {
        if (isUnreadable(fault)) {
            return unreadable();
        }
        if (isOrComesFrom(fault, ConnectException.class)) {
            return new Lost<>("100ms takes no connection", true, true, null);
        }
        if (isOrComesFrom(fault, UnknownHostException.class)) {
            return new Lost<>("100ms's host name is unknown", true, true, null);
        }
        if (isOrComesFrom(fault, ReadTimeoutException.class)) {
            return new Lost<>("100ms did not answer in time", false, true, null);
        }
        if (isOrComesFrom(fault, TimeoutException.class)) {
            return new Lost<>("no connection to 100ms became free", true, false, null);
        }
        return new Lost<>("the connection to 100ms broke", false, true, null);
    }

    /** It has done what it was asked to, or a stranger answers in its place. */
    private static <T> Attempt<T> unreadable() {
        return new Lost<>("100ms's answer cannot be read", false, true, null);
    }

    private static boolean isOrComesFrom(Throwable fault, Class<? extends Throwable> kind) {
        return Stream.iterate(fault, cause -> cause != null, Throwable::getCause).limit(10).anyMatch(kind::isInstance);
    }
}
