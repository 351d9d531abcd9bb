package app.kulti.recording.infra.bench.processor;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.RawBody;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A day of webhooks: each recording begins, ends between a quarter of an hour and two hours later, and has its file; of
 * four in five 100ms says the latter once more, with a fresh link. One webhook in twenty comes twice, and one in twenty
 * before the one that it follows.
 *
 * @param name       sixteen characters that no other backlog's rooms begin with
 * @param recordings each in a room and a session of its own
 * @param begun      when the first of them began
 */
record Backlog(String name, int recordings, Instant begun, List<Delivery> deliveries) {
    private static final int WEBHOOKS_PER_RECORDING = 4;
    private static final int TICKS_PER_DAY = 50_000;
    private static final DateTimeFormatter SIGNED_AT = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC);

    /** One webhook of a recording. */
    record Delivery(int recording, Kind kind) {}

    /** What it says, and how many ticks after the one before it (a day has as many as a full backlog recordings). */
    enum Kind {
        STARTED("beam.started.success", 0, 1), STOPPED("beam.stopped.success", 500, 4000), READY(
                "beam.recording.success", 50, 300), READY_AGAIN("beam.recording.success", 50, 1000);

        private final String type;
        private final int least;
        private final int most;

        Kind(String type, int least, int most) {
            this.type = type;
            this.least = least;
            this.most = most;
        }
    }

    private record Timed(int at, Delivery delivery) {}

    /** So many webhooks, repeated ones included; the same for the same number, but for their names and times. */
    static Backlog of(String name, int webhooks, Instant begun) {
        var recordings = webhooks / WEBHOOKS_PER_RECORDING;
        var chance = new Random(recordings);
        var deliveries = IntStream.range(0, recordings).boxed()
                .flatMap(recording -> timeline(recording, chance).stream())
                .sorted(Comparator.comparingInt(Timed::at)).map(Timed::delivery).toList();
        return new Backlog(name, recordings, begun, deliveries);
    }

    /** Of five recordings one has no second link, one has a repeated webhook and one a pair in the wrong order. */
    private static List<Timed> timeline(int recording, Random chance) {
        var kinds = recording % 5 == 0 ? List.of(Kind.STARTED, Kind.STOPPED, Kind.READY) : List.of(Kind.values());
        var times = new ArrayList<Integer>();
        var at = recording;
        for (var kind : kinds) {
            at += chance.nextInt(kind.least, kind.most);
            times.add(at);
        }
        if (recording % 5 == 2) {
            var early = chance.nextInt(kinds.size() - 1);
            Collections.swap(times, early, early + 1);
        }
        var timeline = new ArrayList<Timed>();
        for (var i = 0; i < kinds.size(); i++) {
            timeline.add(new Timed(times.get(i), new Delivery(recording, kinds.get(i))));
        }
        if (recording % 5 == 1) {
            var repeated = timeline.get(chance.nextInt(timeline.size()));
            timeline.add(new Timed(repeated.at() + chance.nextInt(1, 200), repeated.delivery()));
        }
        return timeline;
    }

    int size() {
        return deliveries.size();
    }

    /** Without the repeated ones: each of these has a row in the history. */
    long distinct() {
        return deliveries.stream().distinct().count();
    }

    /** The room's name, without the number of the recording. */
    String rooms() {
        return name;
    }

    /** As ingest puts it on the topic. */
    Envelope<HmsWebhook> envelope(Delivery delivery) {
        var body = body(delivery).getBytes(StandardCharsets.UTF_8);
        return Envelope.of(EventId.ofBody(body), begun, ServiceName.INGEST,
                new HmsWebhook.Delivered(delivery.kind().type, new RoomId(room(delivery.recording())),
                        id('a', delivery.recording()), RawBody.of(body)));
    }

    private String room(int recording) {
        return name + digits(recording);
    }

    /** Twenty-four characters, as 100ms's have. */
    private String id(char kind, int recording) {
        return kind + name.substring(1) + digits(recording);
    }

    private static String digits(int recording) {
        return Integer.toString(100_000_000 + recording).substring(1);
    }

    // Put together by hand, since formatting a million of them would take longer than what is to be measured.
    private String body(Delivery delivery) {
        var kind = delivery.kind();
        var recording = delivery.recording();
        var room = room(recording);
        var from = begun.plusSeconds(recording * 86_400L / TICKS_PER_DAY);
        var at = from.plusSeconds(kind.ordinal() * 3100L);
        return "{\"version\":\"2.0\",\"id\":\"" + room + '-' + kind
                + "\",\"account_id\":\"627cd9e1e7a7c1001f3a0c11\",\"timestamp\":\"" + at + "\",\"type\":\"" + kind.type
                + "\",\"data\":{\"beam_id\":\"" + id('b', recording) + "\"," + said(kind, recording, from, at)
                + ",\"metadata_id\":\"" + room + '-' + kind + "-m\",\"metadata_timestamp\":\"" + at
                + "\",\"peer_id\":\"c2f1e5a4-0b1d-4f7e-9a53-6a5be5f2d0aa\",\"room_id\":\"" + room
                + "\",\"session_id\":\"" + id('c', recording)
                + "\",\"template_id\":\"627cd9e1e7a7c1001f3a0c12\",\"max_width\":1280,\"max_height\":720,"
                + "\"meeting_url\":\"https://kulti.app.100ms.live/preview/" + room
                + "/__internal_recorder?skip_preview=true\",\"rtmp\":[],\"session_started_at\":\"" + from + "\"}}";
    }

    private String said(Kind kind, int recording, Instant from, Instant at) {
        return switch (kind) {
            case STARTED -> "\"job_id\":\"" + id('a', recording) + "\",\"recording_enabled\":true,\"start_delay\":4";
            case STOPPED -> "\"job_id\":\"" + id('a', recording)
                    + "\",\"recording_enabled\":true,\"duration\":3000,\"reason\":\"client request\"";
            case READY, READY_AGAIN -> {
                var path = "627cd9e1/beam/" + room(recording) + "/20261122/Rec-" + room(recording) + ".mp4";
                yield "\"recording_id\":\"" + id('d', recording) + "\",\"created_at\":\"" + from.plusSeconds(3010)
                        + "\",\"duration\":3000,\"started_at\":\"" + from + "\",\"stopped_at\":\""
                        + from.plusSeconds(3000) + "\",\"size\":52428800,\"recording_path\":\"s3://hms-recordings/" + path
                        + "\",\"recording_presigned_url\":\"https://hms-recordings.s3.ap-south-1.amazonaws.com/" + path
                        + "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=ASIA%2F20261122%2Fs3&X-Amz-Date="
                        + SIGNED_AT.format(at) + "&X-Amz-Expires=43200&X-Amz-SignedHeaders=host&X-Amz-Signature="
                        + id('e', recording) + id('f', recording) + '"';
            }
        };
    }
}
