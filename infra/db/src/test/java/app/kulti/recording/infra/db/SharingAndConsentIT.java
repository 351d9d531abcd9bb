package app.kulti.recording.infra.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharingAndConsentIT {

    private static final String SHARE = """
            INSERT INTO kulti_recording.share_links (id, recording_id, session_id, created_by, token_hash, expires_at)
            VALUES (?, ?, ?, ?, ?, now() + ?::interval)""";
    private static final String OPEN = "SELECT title || ' ' || duration || ' ' || coalesce(recording_url, '-') || ' '"
            + " || mirrored || ' ' || coalesce(source_url, '-') FROM kulti_recording.open_share(?)";
    private static final String ASK = """
            INSERT INTO kulti_recording.deletion_requests (id, recording_id, session_id, host_id, requester, reason)
            VALUES (?, ?, ?, ?, ?, 'my face')""";
    private static final String DECIDE = """
            UPDATE kulti_recording.deletion_requests SET decided_at = now(), decision = ?, command_id = ?::uuid
            WHERE id = ?""";

    private static final String ACKNOWLEDGE = "INSERT INTO kulti_recording.acknowledgements (recording_id, user_id) VALUES (?, ?)";

    private final Kulti kulti = new Kulti();
    private UUID host;
    private UUID participant;
    private UUID session;
    private UUID recording;

    @BeforeEach
    void aRecording() throws SQLException {
        host = UUID.randomUUID();
        participant = UUID.randomUUID();
        session = kulti.session(host, participant);
        recording = kulti.recording(session, "completed");
        kulti.progress(recording, session, 1);
        kulti.superuser.update("UPDATE public.recordings SET duration = 90 WHERE id = ?", recording);
    }

    @AfterAll
    void close() {
        kulti.close();
    }

    @Test
    void aShareOfItsHostOpensWithoutALoginAndIsCounted() throws SQLException {
        var link = UUID.randomUUID();
        share(host, link, "1 day");
        try (var gateway = kulti.as(Login.GATEWAY)) {
            assertThat(gateway.value(OPEN, hash(link))).isEqualTo("Pottery 90 - false https://source/?signed");
            kulti.superuser.update("UPDATE public.recordings SET recording_url = 'key',"
                    + " metadata = '{\"storage\": \"supabase\"}' WHERE id = ?", recording);
            assertThat(gateway.value(OPEN, hash(link))).isEqualTo("Pottery 90 key true https://source/?signed");
        }
        try (var request = kulti.asUser(host)) {
            assertThat(request.value("SELECT opened_count FROM kulti_recording.share_links WHERE id = ?", link))
                    .isEqualTo(2L);
            assertThatThrownBy(() -> request.column("SELECT token_hash FROM kulti_recording.share_links"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void anExpiredARevokedAndAnUnknownShareAreAllTheSame() throws SQLException {
        var expired = UUID.randomUUID();
        share(host, expired, "-1 second");
        var revoked = UUID.randomUUID();
        share(host, revoked, "1 day");
        try (var request = kulti.asUser(host)) {
            assertThat(request.update("UPDATE kulti_recording.share_links SET revoked_at = now() WHERE id = ?",
                    revoked)).isOne();
            request.connection().commit();
        }
        try (var gateway = kulti.as(Login.GATEWAY)) {
            for (var link : new UUID[]{expired, revoked, UUID.randomUUID()}) {
                assertThat(gateway.column(OPEN, hash(link))).isEmpty();
            }
        }
    }

    @Test
    void onlyTheHostSharesSeesAndRevokes() throws SQLException {
        var link = UUID.randomUUID();
        share(host, link, "1 day");
        for (var other : new UUID[]{participant, UUID.randomUUID()}) {
            assertThatThrownBy(() -> share(other, UUID.randomUUID(), "1 day"))
                    .hasMessageContaining("row-level security");
            try (var request = kulti.asUser(other)) {
                assertThat(request.column("SELECT id FROM kulti_recording.share_links")).isEmpty();
                assertThat(request.update("UPDATE kulti_recording.share_links SET revoked_at = now()")).isZero();
            }
        }
        try (var request = kulti.asAnonymous(host)) {
            assertThatThrownBy(() -> request.update(SHARE, UUID.randomUUID(), recording, session, host,
                    hash(UUID.randomUUID()), "1 day")).hasMessageContaining("row-level security");
        }
    }

    @Test
    void nobodySharesARecordingUnderASessionOfTheirOwn() throws SQLException {
        var mine = UUID.randomUUID();
        var mySession = kulti.session(mine);
        try (var request = kulti.asUser(mine)) {
            assertThatThrownBy(() -> request.update(SHARE, UUID.randomUUID(), recording, mySession, mine,
                    hash(UUID.randomUUID()), "1 day")).hasMessageContaining("row-level security");
        }
    }

    @Test
    void whoSeesARecordingAcknowledgesItForThemselves() throws SQLException {
        var everyone = "SELECT user_id FROM kulti_recording.acknowledgements";
        try (var request = kulti.asAnonymous(participant)) {
            assertThat(request.update(ACKNOWLEDGE, recording, participant)).isOne();
            request.connection().commit();
        }
        try (var request = kulti.asUser(participant)) {
            assertThatThrownBy(() -> request.update(ACKNOWLEDGE, recording, host))
                    .hasMessageContaining("row-level security");
        }
        var stranger = UUID.randomUUID();
        try (var request = kulti.asUser(stranger)) {
            assertThat(request.column(everyone)).isEmpty();
            assertThatThrownBy(() -> request.update(ACKNOWLEDGE, recording, stranger))
                    .hasMessageContaining("row-level security");
        }
        try (var request = kulti.asUser(host)) {
            assertThat(request.column(everyone)).containsExactly(participant);
        }
    }

    @Test
    void aParticipantAsksTheHostDecidesOnceAndBothSeeItAfterwards() throws SQLException {
        var wish = UUID.randomUUID();
        try (var request = kulti.asUser(participant)) {
            assertThat(request.update(ASK, wish, recording, session, host, participant)).isOne();
            request.connection().commit();
            assertThat(wishesSeenBy(UUID.randomUUID())).isZero();
        }
        try (var request = kulti.asUser(participant)) {
            assertThat(request.update(DECIDE, "accepted", UUID.randomUUID(), wish)).isZero();
        }
        try (var request = kulti.asUser(host)) {
            assertThat(request.update(DECIDE, "accepted", UUID.randomUUID(), wish)).isOne();
            request.connection().commit();
        }
        try (var request = kulti.asUser(host)) {
            assertThat(request.update(DECIDE, "declined", null, wish)).as("a decision stands").isZero();
        }

        kulti.superuser.update("DELETE FROM public.sessions WHERE id = ?", session);
        assertThat(wishesSeenBy(host)).isOne();
        assertThat(wishesSeenBy(participant)).isOne();
        try (var request = kulti.asUser(participant)) {
            assertThat(request.column("SELECT recording_id FROM kulti_recording.deleted_recordings"))
                    .as("whether it was done").containsExactly(recording);
        }
    }

    @Test
    void aWishNamesTheTrueHostSessionAndRequester() throws SQLException {
        var other = UUID.randomUUID();
        var otherSession = kulti.session(other, participant);
        var wrong = new UUID[][]{{session, other, participant}, {otherSession, other, participant},
                {session, host, other}};
        for (var wish : wrong) {
            try (var request = kulti.asUser(participant)) {
                assertThatThrownBy(() -> request.update(ASK, UUID.randomUUID(), recording, wish[0], wish[1], wish[2]))
                        .hasMessageContaining("row-level security");
            }
        }
        try (var request = kulti.asUser(other)) {
            assertThatThrownBy(() -> request.update(ASK, UUID.randomUUID(), recording, session, host, other))
                    .hasMessageContaining("row-level security");
        }
    }

    @Test
    void aHostWhoHandedTheSessionOverDecidesNoMore() throws SQLException {
        var wish = UUID.randomUUID();
        try (var request = kulti.asUser(participant)) {
            request.update(ASK, wish, recording, session, host, participant);
            request.connection().commit();
        }
        var successor = UUID.randomUUID();
        kulti.superuser.update("UPDATE public.sessions SET host_id = ? WHERE id = ?", successor, session);
        try (var request = kulti.asUser(host)) {
            assertThat(request.update(DECIDE, "declined", null, wish)).isZero();
        }
        try (var request = kulti.asUser(successor)) {
            assertThat(request.update(DECIDE, "declined", null, wish)).isOne();
        }
    }

    /** Without a WHERE clause that would help. */
    @ParameterizedTest
    @CsvSource({
            // who,                 sees links, acknowledgements, requests; shares, revokes, acknowledges, asks, decides
            "HOST,                  1, 2, 1,  true,  1, true,  true,  1",
            "PARTICIPANT,           0, 1, 1,  false, 0, true,  true,  0",
            "ANONYMOUS_PARTICIPANT, 0, 1, 1,  false, 0, true,  true,  0",
            "ANONYMOUS_HOST,        0, 1, 0,  false, 0, false, false, 0",
            "FORMER_PARTICIPANT,    0, 0, 0,  false, 0, false, false, 0",
            "STRANGER,              0, 0, 0,  false, 0, false, false, 0"})
    void rowLevelSecurityAloneHolds(Who who, int links, int acknowledgements, int requests, boolean shares, int revokes,
            boolean acknowledges, boolean asks, int decides) throws SQLException {
        var former = UUID.randomUUID();
        share(host, UUID.randomUUID(), "1 day");
        kulti.superuser.update(ACKNOWLEDGE, recording, participant);
        kulti.superuser.update(ACKNOWLEDGE, recording, host);
        kulti.superuser.update(ASK, UUID.randomUUID(), recording, session, host, participant);
        var user = switch (who) {
            case HOST, ANONYMOUS_HOST -> host;
            case PARTICIPANT, ANONYMOUS_PARTICIPANT -> participant;
            case FORMER_PARTICIPANT -> former;
            case STRANGER -> UUID.randomUUID();
        };
        var later = kulti.recording(session, "completed");

        try (var request = as(who, user)) {
            assertThat(request.column("SELECT id FROM kulti_recording.share_links")).hasSize(links);
            assertThat(request.column("SELECT user_id FROM kulti_recording.acknowledgements"))
                    .hasSize(acknowledgements);
            assertThat(request.column("SELECT id FROM kulti_recording.deletion_requests")).hasSize(requests);
            assertThat(request.update("UPDATE kulti_recording.share_links SET revoked_at = now()")).isEqualTo(revokes);
            assertThat(request.update("UPDATE kulti_recording.deletion_requests SET decided_at = now(),"
                    + " decision = 'declined'")).isEqualTo(decides);
        }
        assertThat(may(who, user, SHARE, UUID.randomUUID(), later, session, user, hash(UUID.randomUUID()), "1 day"))
                .isEqualTo(shares);
        assertThat(may(who, user, ACKNOWLEDGE, later, user)).isEqualTo(acknowledges);
        assertThat(may(who, user, ASK, UUID.randomUUID(), later, session, host, user)).isEqualTo(asks);
    }

    enum Who {
        HOST, PARTICIPANT, ANONYMOUS_PARTICIPANT, ANONYMOUS_HOST, FORMER_PARTICIPANT, STRANGER
    }

    private Sql as(Who who, UUID user) throws SQLException {
        return who == Who.ANONYMOUS_HOST || who == Who.ANONYMOUS_PARTICIPANT
                ? kulti.asAnonymous(user)
                : kulti.asUser(user);
    }

    private boolean may(Who who, UUID user, String insert, @Nullable Object... values) throws SQLException {
        try (var request = as(who, user)) {
            return request.update(insert, values) == 1;
        } catch (SQLException e) {
            assertThat(e.getMessage()).contains("row-level security");
            return false;
        }
    }

    @Test
    void aLinkThatIsOpenedTellsOnWhoseBehalfAndWhyThereIsNoFilm() throws SQLException {
        var link = UUID.randomUUID();
        share(host, link, "1 day");
        kulti.superuser.update("UPDATE kulti_recording.recording_progress SET mirror_state = 'refused'");
        kulti.superuser.update("UPDATE public.recordings SET metadata = '{\"mirror\": {\"reason\": \"html\"}}'");
        try (var gateway = kulti.as(Login.GATEWAY)) {
            assertThat(gateway.value("SELECT shared_by || ' ' || refused_because FROM kulti_recording.open_share(?)",
                    hash(link))).isEqualTo(host + " html");
        }
    }

    @Test
    void aHostKnowsHowManyTheyAreInEachSession() throws SQLException {
        kulti.superuser.update("INSERT INTO public.session_participants (session_id, user_id) VALUES (?, ?)", session,
                host);
        var audiences = "SELECT session_id || ' ' || people FROM kulti_recording.hosted_audiences()";
        try (var request = kulti.asUser(host)) {
            assertThat(request.column(audiences)).containsExactly(session + " 2");
        }
        try (var request = kulti.asUser(participant)) {
            assertThat(request.column(audiences)).isEmpty();
        }
        try (var request = kulti.asAnonymous(host)) {
            assertThat(request.column(audiences)).isEmpty();
        }
    }

    private void share(UUID user, UUID link, String lifetime) throws SQLException {
        try (var request = kulti.asUser(user)) {
            request.update(SHARE, link, recording, session, user, hash(link), lifetime);
            request.connection().commit();
        }
    }

    private int wishesSeenBy(UUID user) throws SQLException {
        try (var request = kulti.asUser(user)) {
            return request.column("SELECT id FROM kulti_recording.deletion_requests").size();
        }
    }

    private static byte[] hash(UUID token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.toString().getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
