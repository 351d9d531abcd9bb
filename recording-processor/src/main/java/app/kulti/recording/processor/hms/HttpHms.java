package app.kulti.recording.processor.hms;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.processor.advance.Hms;
import app.kulti.recording.processor.hms.HmsJson.Page;
import app.kulti.recording.processor.hms.HmsJson.Presigned;
import app.kulti.recording.processor.hms.HmsJson.Recording;
import app.kulti.recording.processor.hms.HmsJson.Start;
import app.kulti.recording.processor.hms.Patience.Crowd;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * 100ms's server API, version 2.
 *
 * @see <a href="https://www.100ms.live/docs/server-side/v2/api-reference/recordings/overview">100ms: recordings</a>
 */
final class HttpHms implements Hms, AutoCloseable {
    // 100ms's own are 24 hexadecimal digits. Ids also come in by webhooks, and "..", say, would be another call.
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private final HmsSettings settings;
    private final Lane commands;
    private final Lane looks;
    private final InstantSource clock;

    private HttpHms(HmsSettings settings, Lane commands, Lane looks, InstantSource clock) {
        this.settings = settings;
        this.commands = commands;
        this.looks = looks;
        this.clock = clock;
    }

    /**
     * A client whose commands and looks have connections, bulkhead and breaker of their own: however many looks 100ms leaves
     * hanging, a stop goes through.
     *
     * @param ids    a new one for each token
     * @param random spreads the pauses between attempts; safe to share among threads
     * @param meters shows how full and how sound each lane is
     */
    static HttpHms of(HmsSettings settings, WebClient.Builder web, InstantSource clock, Supplier<UUID> ids,
            RandomGenerator random, Patience patience, MeterRegistry meters) {
        var tokens = new ManagementTokens(settings, clock, ids);
        BiFunction<String, Crowd, Lane> lane = (name, crowd) -> new Lane(name, crowd,
                new Exchange(name, web, settings.baseUrl(), patience, crowd, clock), tokens, patience, random, meters);
        return new HttpHms(settings, lane.apply("commands", patience.commands()), lane.apply("looks", patience.looks()),
                clock);
    }

    @Override
    public void close() {
        commands.close();
        looks.close();
    }

    @Override
    public Mono<HmsAnswer> start(RoomId room, Duration limit) {
        return one(commands, room.value(), limit, Call.post(Recording.class, HttpHms::recording,
                Start.of(settings, room), "/recordings/room/{room}/start", room.value()));
    }

    @Override
    public Mono<HmsAnswer> stop(String hmsRecordingId, Duration limit) {
        return one(commands, hmsRecordingId, limit, Call.repeatablePost(Recording.class, HttpHms::recording,
                "/recordings/{recording}/stop", hmsRecordingId));
    }

    @Override
    public Mono<HmsAnswer> stop(RoomId room, Duration limit) {
        return one(commands, room.value(), limit, Call.repeatablePost(Page.class, HttpHms::newest,
                "/recordings/room/{room}/stop", room.value()));
    }

    @Override
    public Mono<HmsAnswer> look(String hmsRecordingId, Duration limit) {
        return one(looks, hmsRecordingId, limit,
                Call.get(Recording.class, HttpHms::recording, "/recordings/{recording}", hmsRecordingId));
    }

    @Override
    public Mono<Reply<List<HmsRecording>>> list(RoomId room, Instant since, Duration limit) {
        var refusal = refusal(room.value());
        return refusal == null
                ? Mono.defer(() -> readOn(Listing.since(since), room, Deadline.in(limit)))
                : Mono.just(new Reply.Withheld<>(refusal));
    }

    @Override
    public Mono<Reply<AssetUrl>> sign(String assetId, Duration limit) {
        var refusal = refusal(assetId);
        return refusal == null
                ? looks.make(
                        Call.get(Presigned.class, this::assetUrl, "/recording-assets/{asset}/presigned-url", assetId),
                        limit)
                : Mono.just(new Reply.Withheld<>(refusal));
    }

    @Override
    public Mono<Reply<Optional<Instant>>> time(Duration limit) {
        return looks.make(Call.head(Page.class, HttpHms::date, "/recordings?limit={limit}", Listing.SMALLEST_PAGE),
                limit);
    }

    private static Reply<Optional<Instant>> date(HttpHeaders headers) {
        var date = headers.getDate();
        return new Reply.Given<>(date < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(date)));
    }

    private static <J> Mono<HmsAnswer> one(Lane lane, String id, Duration limit, Call<J, HmsRecording> call) {
        var refusal = refusal(id);
        return refusal == null ? lane.make(call, limit).map(HttpHms::answer) : Mono.just(refusal);
    }

    private static HmsAnswer answer(Reply<HmsRecording> reply) {
        return switch (reply) {
            case Reply.Given<HmsRecording>(var recording) -> new HmsAnswer.Found(recording);
            case Reply.Withheld<HmsRecording>(var why) -> why;
        };
    }

    /** What 100ms would say to an id that cannot be one of its own. */
    private static @Nullable HmsAnswer refusal(String id) {
        return ID.matcher(id).matches() ? null : new HmsAnswer.Refused(400, "an id that is not of 100ms's form");
    }

    private static Reply<HmsRecording> recording(Recording json) {
        return new Reply.Given<>(json.read());
    }

    private static Reply<HmsRecording> newest(Page stopped) {
        return stopped.read().stream().max(Comparator.comparing(HmsRecording::createdAt))
                .<Reply<HmsRecording>>map(Reply.Given::new)
                .orElseGet(() -> new Reply.Withheld<>(new HmsAnswer.NotFound()));
    }

    /** Counted from when the answer is here, which is a little late; readers leave more room than that. */
    private Reply<AssetUrl> assetUrl(Presigned json) {
        return new Reply.Given<>(new AssetUrl(json.url(), clock.instant().plusSeconds(json.expiry())));
    }

    private Mono<Reply<List<HmsRecording>>> readOn(Listing listing, RoomId room, Deadline deadline) {
        return looks.make(page(listing, room), deadline.left()).flatMap(reply -> switch (reply) {
            case Reply.Withheld<Page>(var why) -> Mono.just(new Reply.Withheld<>(why));
            case Reply.Given<Page>(var page) -> after(listing.plus(page), room, deadline);
        });
    }

    private Mono<Reply<List<HmsRecording>>> after(Listing listing, RoomId room, Deadline deadline) {
        if (listing.complete()) {
            return Mono.just(new Reply.Given<>(listing.found()));
        }
        return listing.pages() < Listing.MOST_PAGES
                ? readOn(listing, room, deadline)
                : Mono.just(new Reply.Withheld<>(new HmsAnswer.Unavailable("100ms's list of the room does not end")));
    }

    private static Call<Page, Page> page(Listing listing, RoomId room) {
        var next = listing.next();
        return next == null
                ? Call.get(Page.class, Reply.Given::new, "/recordings?room_id={room}&limit={limit}", room.value(),
                        Listing.PAGE)
                : Call.get(Page.class, Reply.Given::new, "/recordings?room_id={room}&limit={limit}&start={start}",
                        room.value(), Listing.PAGE, next);
    }
}
