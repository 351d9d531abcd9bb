package app.kulti.recording.processor.translation;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.processor.recording.Evidence;
import app.kulti.recording.processor.recording.Film;
import app.kulti.recording.processor.recording.Link;
import app.kulti.recording.processor.recording.OutsideId;
import app.kulti.recording.processor.recording.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A webhook whose body was read, and what all dialects have in common. */
record Message(String type, Body body, Stamp stamp, @Nullable RoomId room) {

    static Message of(HmsWebhook webhook, EventId id) {
        var body = Body.of(webhook.body());
        return new Message(webhook.type(), body, new Stamp(body.at(), id), room(webhook, body));
    }

    private static @Nullable RoomId room(HmsWebhook webhook, Body body) {
        var keyed = webhook.roomId();
        if (keyed != null) {
            return keyed;
        }
        var room = body.text("room_id", "roomId");
        return room == null ? null : new RoomId(room);
    }

    @Nullable
    Instant at() {
        return stamp.at();
    }

    /** How long before the message it began, where a duration is given. */
    @Nullable
    Instant atLessDuration() {
        var at = at();
        var duration = body.number("duration");
        return at == null || duration == null ? null : at.minusSeconds(duration);
    }

    /** The names that are there, in this order. */
    static List<OutsideId> ids(@Nullable OutsideId... ids) {
        var there = new ArrayList<OutsideId>();
        for (var id : ids) {
            if (id != null) {
                there.add(id);
            }
        }
        return there;
    }

    static @Nullable OutsideId id(OutsideId.Kind kind, @Nullable String id) {
        return id == null ? null : new OutsideId(kind, id);
    }

    Evidence file(Film film, @Nullable SignedUrl url) {
        return new Evidence.FileReady(stamp, film,
                url == null ? null : Link.to(film.assetId(), film.path(), url, PresignedExpiry.of(url)));
    }

    @Nullable
    Long duration(@Nullable Instant from, @Nullable Instant to) {
        var said = body.number("duration");
        if (said != null || from == null || to == null || to.isBefore(from)) {
            return said;
        }
        return Duration.between(from, to).toSeconds();
    }

    static @Nullable String resolution(@Nullable Long width, @Nullable Long height) {
        return width == null || height == null ? null : width + "x" + height;
    }

    static @Nullable String address(@Nullable SignedUrl url) {
        return url == null ? null : url.toString();
    }

    /** By the ending of its name: no webhook of 100ms says it. */
    static @Nullable String format(@Nullable String... names) {
        for (var name : names) {
            if (name != null) {
                var dot = name.lastIndexOf('.');
                if (dot > name.lastIndexOf('/') && dot < name.length() - 1) {
                    return name.substring(dot + 1).toLowerCase(Locale.ROOT);
                }
            }
        }
        return null;
    }
}
