package app.kulti.recording.infra.local.hms.beam;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes rooms and changes them. */
public final class Rooms {
    private final Ledger ledger;
    private final ObjectIds ids;
    private final Clock clock;

    public Rooms(Ledger ledger, ObjectIds ids, Clock clock) {
        this.ledger = ledger;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Makes a room, or finds the one of that name.
     *
     * @param name null for a generated one
     */
    public synchronized Room create(@Nullable String name, String description, @Nullable WebhookTarget webhook) {
        String id = ids.next();
        String wanted = name == null || name.isBlank() ? "room-" + id : name;
        return ledger.roomNamed(wanted)
                .orElseGet(() -> keep(new Room(id, wanted, description, clock.instant(), webhook, null)));
    }

    /** Makes or replaces a room under an id of the caller's choice. */
    public synchronized Room define(@Nullable String id, String name, @Nullable Dialect dialect,
            @Nullable WebhookTarget webhook) {
        String chosen = id == null ? ids.next() : id;
        Instant since = ledger.room(chosen).map(Room::createdAt).orElse(clock.instant());
        return keep(new Room(chosen, name, "", since, webhook, dialect));
    }

    /** Changes the dialect of a room's webhooks; null for the simulator's own. */
    public synchronized Optional<Room> speak(String roomId, @Nullable Dialect dialect) {
        return ledger.room(roomId).map(room -> keep(room.speaking(dialect)));
    }

    private Room keep(Room room) {
        ledger.put(room);
        return room;
    }
}
