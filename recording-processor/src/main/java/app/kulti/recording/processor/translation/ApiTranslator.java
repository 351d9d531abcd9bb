package app.kulti.recording.processor.translation;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.processor.recording.Evidence;
import app.kulti.recording.processor.recording.Film;
import app.kulti.recording.processor.recording.OutsideId;
import app.kulti.recording.processor.recording.OutsideId.Kind;
import app.kulti.recording.processor.recording.Sighting;
import app.kulti.recording.processor.recording.Stamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads a recording as 100ms's API shows it. */
public final class ApiTranslator {
    private static final String FILM = "room-composite";

    private ApiTranslator() {}

    /**
     * What {@code recording} shows.
     *
     * @param id of the finding that carries it
     */
    public static Translation translate(HmsRecording recording, EventId id) {
        var film = film(recording);
        var ids = new ArrayList<OutsideId>();
        ids.add(new OutsideId(Kind.JOB, recording.id()));
        film.ifPresent(asset -> {
            ids.add(new OutsideId(Kind.ASSET, asset.id()));
            ids.addAll(Message.ids(Message.id(Kind.PATH, asset.path())));
        });
        var evidence = new ArrayList<Evidence>();
        evidence.add(new Evidence.Identified(new Stamp(recording.createdAt(), id), ids, recording.hmsSessionId()));
        evidence.add(new Evidence.Accepted(new Stamp(recording.createdAt(), id), recording.createdAt()));
        var started = recording.startedAt();
        if (started != null) {
            evidence.add(new Evidence.Started(new Stamp(started, id), started));
        }
        reached(recording, film, id).ifPresent(evidence::add);
        return new Translation(new Sighting(ids, List.of(), recording.roomId(), recording.hmsSessionId(),
                started == null ? recording.createdAt() : started, recording.stoppedAt(), recording.createdAt(), true,
                true), evidence);
    }

    /** How far it is; a word that 100ms has added since says no more than that the recording exists. */
    private static Optional<Evidence> reached(HmsRecording recording, Optional<HmsRecording.Asset> film, EventId id) {
        var stamp = new Stamp(recording.stoppedAt(), id);
        return switch (recording.status()) {
            case "stopping", "post_processing" ->
                Optional.of(new Evidence.Stopped(stamp, recording.stoppedAt(), null));
            case "completed" -> Optional.of(film.<Evidence>map(asset -> file(recording, asset, id))
                    .orElseGet(() -> withoutFilm(recording, stamp)));
            case "failed" -> Optional.of(new Evidence.Failed(stamp, "FAILED_AT_100MS"));
            default -> Optional.empty();
        };
    }

    /** Its film may still be in the making, or only the list was read, which shows no assets. */
    private static Evidence withoutFilm(HmsRecording recording, Stamp stamp) {
        var films = films(recording);
        return !films.isEmpty() && films.stream().allMatch(asset -> asset.status().equals("failed"))
                ? new Evidence.Failed(stamp, "ASSET_FAILED")
                : new Evidence.Stopped(stamp, recording.stoppedAt(), null);
    }

    private static Evidence file(HmsRecording recording, HmsRecording.Asset asset, EventId id) {
        var madeAt = asset.createdAt() == null ? recording.stoppedAt() : asset.createdAt();
        return new Evidence.FileReady(new Stamp(madeAt, id),
                new Film(asset.id(), asset.path(), null, asset.size(), asset.durationSeconds(), asset.resolution(),
                        Message.format(asset.path()), recording.startedAt(), recording.stoppedAt()),
                null);
    }

    private static List<HmsRecording.Asset> films(HmsRecording recording) {
        return recording.assets().stream().filter(asset -> asset.type().equals(FILM)).toList();
    }

    /** The file that can be read; of several the one that was made last. */
    public static Optional<HmsRecording.Asset> film(HmsRecording recording) {
        return films(recording).stream().filter(asset -> asset.status().equals("completed"))
                .max(Comparator.comparing(HmsRecording.Asset::createdAt, Comparator.nullsFirst(
                        Comparator.naturalOrder())));
    }
}
