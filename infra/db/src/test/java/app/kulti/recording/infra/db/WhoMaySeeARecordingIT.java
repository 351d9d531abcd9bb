package app.kulti.recording.infra.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhoMaySeeARecordingIT {

    private static final String ALL = "SELECT id FROM public.recordings";
    private static final String DELETE = "DELETE FROM public.recordings WHERE id = ?";

    private final UUID host = UUID.randomUUID();
    private final UUID participant = UUID.randomUUID();
    private final UUID stranger = UUID.randomUUID();
    private final Kulti kulti = new Kulti();
    private UUID session;
    private UUID recording;

    @BeforeAll
    void aRecordingOfASession() throws SQLException {
        session = kulti.session(host, participant);
        recording = kulti.recording(session, "completed");
        kulti.progress(recording, session, 3);
        kulti.recording(kulti.session(UUID.randomUUID()), "completed");
    }

    @AfterAll
    void close() {
        kulti.close();
    }

    @Test
    void hostAndParticipantsReadTheirsAndNoOther() throws SQLException {
        for (var user : new UUID[]{host, participant}) {
            try (var request = kulti.asUser(user)) {
                assertThat(request.column(ALL)).containsExactly(recording);
            }
        }
    }

    @Test
    void aStrangerReadsAndDeletesNothing() throws SQLException {
        try (var request = kulti.asUser(stranger)) {
            assertThat(request.column(ALL)).isEmpty();
            assertThat(request.update(DELETE, recording)).isZero();
        }
    }

    @Test
    void onlyTheHostDeletes() throws SQLException {
        try (var request = kulti.asUser(participant)) {
            assertThat(request.update(DELETE, recording)).isZero();
        }
        try (var request = kulti.asUser(host)) {
            assertThat(request.update(DELETE, recording)).isOne();
        }
    }

    @Test
    void nobodyInsertsOrUpdates() throws SQLException {
        try (var request = kulti.asUser(host)) {
            assertRefused(request, "INSERT INTO public.recordings (session_id, hms_recording_id) VALUES ('%s', 'x')"
                    .formatted(session));
        }
        try (var request = kulti.asUser(host)) {
            assertRefused(request, "UPDATE public.recordings SET status = 'failed'");
        }
    }

    @Test
    void whoHasLeftTheSessionIsAStranger() throws SQLException {
        var former = UUID.randomUUID();
        var left = kulti.session(host, former);
        var seen = kulti.recording(left, "completed");
        try (var request = kulti.asUser(former)) {
            assertThat(request.column(ALL)).containsExactly(seen);
        }
        kulti.superuser.update("DELETE FROM public.session_participants WHERE user_id = ?", former);
        try (var request = kulti.asUser(former)) {
            assertThat(request.column(ALL)).isEmpty();
        }
        kulti.superuser.update("DELETE FROM public.sessions WHERE id = ?", left);
    }

    @Test
    void anAnonymousSignInWatchesAsParticipantButNeverHosts() throws SQLException {
        try (var request = kulti.asAnonymous(participant)) {
            assertThat(request.column(ALL)).containsExactly(recording);
        }
        try (var request = kulti.asAnonymous(host)) {
            assertThat(request.column(ALL)).isEmpty();
            assertThat(request.update(DELETE, recording)).isZero();
        }
    }

    @Test
    void withoutClaimsNothingIsSeen() throws SQLException {
        for (var claims : new String[]{"", "{}", "{\"role\": \"authenticated\"}"}) {
            try (var request = kulti.asCaller("authenticated", claims)) {
                assertThat(request.column(ALL)).isEmpty();
            }
        }
    }

    @Test
    void claimsEndWithTheirTransaction() throws SQLException {
        try (var request = kulti.asUser(host)) {
            assertThat(request.column(ALL)).containsExactly(recording);
            request.connection().commit();
            assertRefused(request, ALL);
        }
    }

    @Test
    void aForgottenRoleSeesNothingWhateverTheClaimsSay() throws SQLException {
        try (var gateway = kulti.as(Login.GATEWAY)) {
            gateway.connection().setAutoCommit(false);
            gateway.column("SELECT set_config('request.jwt.claims', ?, true)", "{\"sub\": \"%s\"}".formatted(host));
            assertRefused(gateway, ALL);
        }
    }

    @Test
    void theGatewayCannotBecomeAnyoneElse() throws SQLException {
        for (var role : new String[]{"service_role", "anon", "kulti_owner", "kulti_processor"}) {
            try (var gateway = kulti.as(Login.GATEWAY)) {
                assertRefused(gateway, "SET ROLE " + role);
            }
        }
    }

    @Test
    void anonHasNoRightAtAll() throws SQLException {
        kulti.superuser.run("SET ROLE anon");
        try {
            assertRefused(kulti.superuser, ALL);
            assertRefused(kulti.superuser, "SELECT kulti_recording.visible_sessions()");
        } finally {
            kulti.superuser.run("RESET ROLE");
        }
    }

    @Test
    void theCallerIsWhomSupabaseSaysItIs() throws SQLException {
        var claims = new String[][]{{"", ""}, {host.toString(), ""}, {"", "{\"sub\": \"%s\"}".formatted(stranger)},
                {host.toString(), "{\"sub\": \"%s\"}".formatted(stranger)}, {"", "{}"}};
        for (var claim : claims) {
            try (var request = kulti.asCaller("authenticated", claim[1])) {
                request.column("SELECT set_config('request.jwt.claim.sub', ?, true)", claim[0]);
                assertThat(request.value("SELECT kulti_recording.caller() IS NOT DISTINCT FROM auth.uid()"))
                        .isEqualTo(true);
            }
        }
    }

    @Test
    void whoSeesTheRecordingSeesWhatBelongsToIt() throws SQLException {
        kulti.superuser.update("""
                INSERT INTO kulti_recording.recording_history (recording_id, event_id, type, source_topic,
                  source_partition, source_offset, decided_at, decision)
                VALUES (?, gen_random_uuid(), 'recording.success', 'hms.webhooks', 0, 1, now(), 'applied')""",
                recording);
        var progress = "SELECT source_url FROM kulti_recording.recording_progress";
        var history = "SELECT type FROM kulti_recording.recording_history";
        for (var user : new UUID[]{host, participant}) {
            try (var request = kulti.asUser(user)) {
                assertThat(request.column(progress)).containsExactly("https://source/?signed");
                assertThat(request.column(history)).containsExactly("recording.success");
            }
        }
        try (var request = kulti.asUser(stranger)) {
            assertThat(request.column(progress)).isEmpty();
            assertThat(request.column(history)).isEmpty();
        }
        try (var request = kulti.asUser(host)) {
            assertRefused(request, "SELECT facts FROM kulti_recording.recording_progress");
        }
    }

    @Test
    void theHostOfASessionIsToldToItsOwnPeopleOnly() throws SQLException {
        var hostOf = "SELECT kulti_recording.host_of(?)";
        try (var request = kulti.asUser(participant)) {
            assertThat(request.value(hostOf, session)).isEqualTo(host);
        }
        try (var request = kulti.asUser(stranger)) {
            assertThat(request.value(hostOf, session)).isNull();
        }
    }

    private static void assertRefused(Sql connection, String sql) {
        assertThatThrownBy(() -> connection.run(sql)).isInstanceOfSatisfying(SQLException.class,
                e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("42501"));
    }
}
