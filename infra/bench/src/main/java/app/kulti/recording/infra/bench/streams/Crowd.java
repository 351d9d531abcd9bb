package app.kulti.recording.infra.bench.streams;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Everybody who has a stream open. */
record Crowd(List<Session> sessions, List<UUID> strangers) {
    private static final int LARGE = 1_000;
    private static final int SMALL = 50;
    private static final int STRANGERS = 50;

    /** People of one session; the first one hosts it. */
    record Session(UUID id, List<UUID> people) {}

    /** One session of 1,000 people, the other 4,000 in fifties, each in one session only; and 50 who are in none. */
    static Crowd gather() {
        var sessions = new ArrayList<Session>();
        sessions.add(new Session(UUID.randomUUID(), people(LARGE)));
        for (int i = 0; i < 4 * LARGE / SMALL; i++) {
            sessions.add(new Session(UUID.randomUUID(), people(SMALL)));
        }
        return new Crowd(sessions, people(STRANGERS));
    }

    private static List<UUID> people(int count) {
        return Stream.generate(UUID::randomUUID).limit(count).toList();
    }

    /** How many people are in a session. */
    int members() {
        return sessions.stream().mapToInt(session -> session.people().size()).sum();
    }

    /** Lets them into their sessions, as the app would. */
    void store(Connection app) throws SQLException {
        try (var session = app.prepareStatement(
                "insert into public.sessions (id, title, host_id, status) values (?, 'Streams', ?, 'live')");
                var participant = app.prepareStatement(
                        "insert into public.session_participants (session_id, user_id) values (?, ?)")) {
            for (var one : sessions) {
                session.setObject(1, one.id());
                session.setObject(2, one.people().getFirst());
                session.addBatch();
                for (var person : one.people().subList(1, one.people().size())) {
                    participant.setObject(1, one.id());
                    participant.setObject(2, person);
                    participant.addBatch();
                }
            }
            session.executeBatch();
            participant.executeBatch();
        }
    }
}
