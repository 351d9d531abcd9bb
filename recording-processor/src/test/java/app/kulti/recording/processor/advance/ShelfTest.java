package app.kulti.recording.processor.advance;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShelfTest {
    private static final SessionId LESSON = new SessionId(new UUID(0, 1));
    private static final SessionId LECTURE = new SessionId(new UUID(0, 2));
    private static final RoomId BLUE = new RoomId("blue");

    private final Shelf<Thing> shelf = new Shelf<>(Thing::id, Thing::session, Thing::room);

    private record Thing(RecordingId id, SessionId session, @Nullable RoomId room, String state) {}

    @Test
    void whatIsOnItIsFoundBySessionAndByRoomInTheOrderInWhichItCame() {
        shelf.put(thing(1, LESSON, BLUE, "new"));
        shelf.put(thing(2, LECTURE, BLUE, "new"));
        shelf.put(thing(3, LESSON, null, "new"));

        assertThat(shelf.of(LESSON)).extracting(Thing::id).containsExactly(id(1), id(3));
        assertThat(shelf.in(BLUE)).extracting(Thing::id).containsExactly(id(1), id(2));
        assertThat(shelf.in(null)).extracting(Thing::id).containsExactly(id(3));
        assertThat(shelf.all()).hasSize(3);
    }

    @Test
    void aLaterStateTakesThePlaceOfTheEarlierOne() {
        shelf.put(thing(1, LESSON, BLUE, "new"));
        shelf.put(thing(2, LESSON, BLUE, "new"));
        shelf.put(thing(1, LESSON, BLUE, "old"));

        assertThat(shelf.of(LESSON)).extracting(Thing::state).containsExactly("old", "new");
        assertThat(shelf.get(id(1))).isEqualTo(thing(1, LESSON, BLUE, "old"));
    }

    @Test
    void whatWasTakenAwayIsFoundNoMore() {
        shelf.put(thing(1, LESSON, BLUE, "new"));
        shelf.remove(id(1));

        assertThat(shelf.get(id(1))).isNull();
        assertThat(shelf.of(LESSON)).isEmpty();
        assertThat(shelf.in(BLUE)).isEmpty();
        assertThat(shelf.all()).isEmpty();
    }

    private static Thing thing(long number, SessionId session, @Nullable RoomId room, String state) {
        return new Thing(id(number), session, room, state);
    }

    private static RecordingId id(long number) {
        return new RecordingId(new UUID(0, number));
    }
}
