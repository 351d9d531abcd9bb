package app.kulti.recording.infra.ops.hms;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.infra.observability.Redaction;
import app.kulti.recording.infra.ops.Desk;
import app.kulti.recording.infra.ops.OpsSettings;
import app.kulti.recording.infra.ops.Told;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * 100ms's recordings and its memory of webhooks.
 *
 * @see <a href="https://www.100ms.live/docs/server-side/v2/api-reference/analytics/list-webhook-events">100ms: list</a>
 * @see <a href="https://www.100ms.live/docs/server-side/v2/api-reference/analytics/replay-webhook-events">100ms: replay</a>
 */
public final class HmsApi {
    /** How far back 100ms tells of deliveries. */
    public static final Duration KEPT = Duration.ofDays(30);
    /** The longest window that it takes at once. */
    private static final Duration LONGEST = Duration.ofDays(14);
    private static final int PAGE = 100;
    /** A million deliveries; without a bound a list that never ends would be followed. */
    private static final int MOST_PAGES = 10_000;
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int TRIES = 4;
    // "rate limit exceeded, retry after 45 seconds": the documents tell it in the message only.
    private static final Pattern RETRY_AFTER = Pattern.compile("retry after (\\d{1,3}) seconds");

    private final OpsSettings.Hms settings;
    private final String token;
    private final Desk desk;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1).build();
    private final Retry retry;

    /** Calls with the operators' credentials. */
    public HmsApi(Desk desk) {
        this.desk = desk;
        this.settings = desk.settings().hms();
        this.token = ManagementToken.mint(settings, desk.clock().instant(), desk.ids().get());
        this.retry = Retry.of("100ms", RetryConfig.<Reply>custom().maxAttempts(TRIES)
                .retryOnResult(reply -> reply.status() == 429 || reply.status() >= 500)
                .retryExceptions(IOException.class)
                .intervalBiFunction(this::pause).build());
    }

    private record Reply(int status, String body, @Nullable String retryAfter, @Nullable String date) {}

    private long pause(int attempt, Either<Throwable, Reply> outcome) {
        var pause = outcome.isRight() && outcome.get().status() == 429
                ? Duration.ofSeconds(seconds(outcome.get()))
                : Duration.ofMillis(500L << attempt);
        if (pause.compareTo(Duration.ofSeconds(5)) > 0) {
            desk.note("100ms asks for patience; going on in %d s.".formatted(pause.toSeconds()));
        }
        return pause.toMillis();
    }

    private static long seconds(Reply reply) {
        var header = reply.retryAfter();
        if (header != null && header.matches("\\d{1,3}")) {
            return Long.parseLong(header);
        }
        var said = RETRY_AFTER.matcher(reply.body());
        return said.find() ? Long.parseLong(said.group(1)) : 45;
    }

    /** What 100ms remembers of sending webhooks of a window, whatever became of them, newest first. */
    public List<HmsDelivery> deliveries(Instant from, Instant to, @Nullable String room) {
        var all = new ArrayList<HmsDelivery>();
        for (var part : parts(from, to)) {
            for (var page = 1; page <= MOST_PAGES && !desk.stop().isRequested(); page++) {
                var query = "?start_time=%s&end_time=%s&status=all&limit=%d&page=%d%s".formatted(text(part.from()),
                        text(part.to()), PAGE, page, room == null ? "" : "&room_id=" + text(room));
                var history = read(call("GET", "/analytics/webhooks" + query, null), HmsJson.History.class);
                history.events().forEach(event -> all.add(event.read()));
                if (!history.pagination().hasNext()) {
                    break;
                }
            }
        }
        return all;
    }

    /** A window. */
    private record Part(Instant from, Instant to) {}

    private static List<Part> parts(Instant from, Instant to) {
        var parts = new ArrayList<Part>();
        for (var start = from; start.isBefore(to); start = start.plus(LONGEST)) {
            var end = start.plus(LONGEST);
            parts.add(new Part(start, end.isBefore(to) ? end : to));
        }
        return parts;
    }

    /** All recordings that began in the window, newest first, without their files. */
    public List<HmsRecording> recordings(Instant from, Instant to, @Nullable String room) {
        var found = new ArrayList<HmsRecording>();
        String after = null;
        for (var page = 0; page < MOST_PAGES; page++) {
            var query = "?limit=%d%s%s".formatted(PAGE, room == null ? "" : "&room_id=" + text(room),
                    after == null ? "" : "&start=" + text(after));
            var listed = read(call("GET", "/recordings" + query, null), HmsJson.Page.class);
            var recordings = listed.read();
            recordings.stream().filter(one -> !one.createdAt().isBefore(from) && one.createdAt().isBefore(to))
                    .forEach(found::add);
            var last = listed.last();
            // 100ms documents no order, but lists the newest first; a whole page before the window ends it.
            var past = recordings.stream().allMatch(one -> one.createdAt().isBefore(from));
            if (last == null || last.isBlank() || last.equals(after) || past || recordings.size() < PAGE) {
                break;
            }
            after = last;
        }
        return found;
    }

    /** What 100ms shows of one recording, with its files. */
    public HmsAnswer look(String job) {
        var reply = call("GET", "/recordings/" + text(job), null);
        return switch (reply.status()) {
            case 200 -> new HmsAnswer.Found(read(reply, HmsJson.Recording.class).read());
            case 404 -> new HmsAnswer.NotFound();
            default -> new HmsAnswer.Refused(reply.status(), problem(reply));
        };
    }

    /** Asks 100ms to send webhooks of the window again; it sends ten a second. Several requests where the window is long. */
    public List<String> replay(Instant from, Instant to, @Nullable String room, List<String> types,
            boolean alsoReceived) {
        return parts(from, to).stream().map(part -> {
            var body = HmsJson.mapper()
                    .writeValueAsString(new HmsJson.ReplayRequest(part.from(), part.to(), room, types,
                            alsoReceived ? "all" : "failed"));
            return read(call("POST", "/analytics/webhooks/replay", body), HmsJson.ReplayBegun.class).workflowId();
        }).toList();
    }

    /** How far a replay has come. */
    public HmsReplay replay(String workflow) {
        return read(call("GET", "/analytics/webhooks/replay/" + text(workflow), null), HmsJson.ReplayState.class)
                .read();
    }

    /** 100ms's own time, to the second; empty when it did not tell. */
    public Optional<Instant> time() {
        var reply = call("GET", "/recordings?limit=10", null);
        read(reply, HmsJson.Page.class);
        return Optional.ofNullable(reply.date())
                .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    }

    private Reply call(String method, String path, @Nullable String body) {
        var base = settings.baseUrl().toString().replaceAll("/+$", "");
        var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER)
                .header("Authorization", "Bearer " + token).header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build();
        Callable<Reply> once = () -> {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body(),
                    response.headers().firstValue("Retry-After").orElse(null),
                    response.headers().firstValue("Date").orElse(null));
        };
        try {
            return retry.executeCallable(once);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Told.unreachable("Interrupted while asking 100ms.", e);
        } catch (Exception e) {
            throw Told.unreachable("100ms does not answer at %s (%s). Is KULTI_HMS_BASEURL right?".formatted(base,
                    e.getClass().getSimpleName()), e);
        }
    }

    private <T> T read(Reply reply, Class<T> type) {
        if (reply.status() == 401 || reply.status() == 403) {
            throw Told
                    .unreachable("100ms does not take the operators' credentials (%d %s): mend KULTI_HMS_ACCESSKEY and "
                            .formatted(reply.status(), problem(reply)) + "KULTI_HMS_APPSECRET.", null);
        }
        if (reply.status() != 200) {
            throw Told.unreachable("100ms refused (%d %s).".formatted(reply.status(), problem(reply)), null);
        }
        try {
            return HmsJson.mapper().readValue(reply.body(), type);
        } catch (JacksonException e) {
            throw Told.unreachable("100ms's answer cannot be read: is KULTI_HMS_BASEURL right?", e);
        }
    }

    private static String problem(Reply reply) {
        try {
            return Redaction.redact(HmsJson.mapper().readTree(reply.body()).path("message").asString(""));
        } catch (JacksonException _) {
            return "";
        }
    }

    private static String text(Object value) {
        return URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
    }
}
