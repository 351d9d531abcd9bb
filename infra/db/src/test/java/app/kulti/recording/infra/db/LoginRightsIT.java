package app.kulti.recording.infra.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each login can do its own work and no other's; and the catalogue shows no door that was left open. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginRightsIT {

    private final Kulti kulti = new Kulti();

    @AfterAll
    void close() {
        kulti.close();
    }

    @Test
    void byItselfTheGatewayOpensSharesAndAsksForAudiences() throws SQLException {
        var host = UUID.randomUUID();
        var participant = UUID.randomUUID();
        var session = kulti.session(host, participant);
        try (var gateway = kulti.as(Login.GATEWAY)) {
            var audience = "SELECT person || ' ' || hosts FROM kulti_recording.audience(?)";
            assertThat(gateway.column(audience, session))
                    .containsExactlyInAnyOrder(host + " true", participant + " false");
            assertThat(gateway.column(audience, UUID.randomUUID())).isEmpty();
            assertThat(gateway.column("SELECT recording_id FROM kulti_recording.open_share('\\x00')")).isEmpty();
            assertThat(callable(gateway)).containsExactlyInAnyOrder("audience", "open_share");
            assertThat(readable(gateway)).isEmpty();
        }
    }

    @Test
    void theProcessorWritesItsTablesAndLooksUpSessions() throws SQLException {
        var host = UUID.randomUUID();
        var session = kulti.session(host);
        var recording = UUID.randomUUID();
        try (var processor = kulti.as(Login.PROCESSOR)) {
            processor.update("INSERT INTO public.recordings (id, session_id, hms_recording_id) VALUES (?, ?, 'h')",
                    recording, session);
            processor.update("""
                    INSERT INTO kulti_recording.recording_progress (recording_id, session_id, revision, facts)
                    VALUES (?, ?, 1, '{}')""", recording, session);
            assertThat(processor.value("""
                    SELECT r.status FROM public.recordings r
                    JOIN kulti_recording.recording_progress p ON p.recording_id = r.id
                    WHERE r.id = ? FOR UPDATE""", recording)).isEqualTo("recording");
            processor.update("""
                    INSERT INTO kulti_recording.recording_starts (recording_id, command_id, session_id, room_id,
                      started_by, issued_at, deadline) VALUES (?, gen_random_uuid(), ?, 'r', ?, now(), now())""",
                    recording, session, host);
            processor.update("INSERT INTO kulti_recording.recording_aliases VALUES ('job', 'j', ?)", recording);
            processor.update("""
                    INSERT INTO kulti_recording.recording_history (recording_id, event_id, type, source_topic,
                      source_partition, source_offset, decided_at, decision)
                    VALUES (?, gen_random_uuid(), 't', 'hms.webhooks', 0, 1, now(), 'applied')""", recording);
            assertThat(processor.update("UPDATE public.recordings SET status = 'processing' WHERE id = ?", recording))
                    .isOne();
            assertThat(processor.update("DELETE FROM public.recordings WHERE id = ?", recording)).isOne();
            assertThat(processor.update("""
                    UPDATE kulti_recording.deleted_recordings SET revision = revision + 1, removed_at = now()
                    WHERE recording_id = ?""", recording)).isOne();
            assertThat(processor.value("SELECT host_id FROM kulti_recording.sessions_by_id(?)",
                    (Object) new UUID[]{session, UUID.randomUUID()})).isEqualTo(host);
            assertThat(processor.value("SELECT id FROM kulti_recording.sessions_by_room(?)",
                    (Object) new String[]{"room-" + session}))
                    .isEqualTo(session);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "SELECT id FROM public.sessions",
            "SELECT user_id FROM public.session_participants",
            "SELECT id FROM kulti_recording.share_links",
            "SELECT user_id FROM kulti_recording.acknowledgements",
            "SELECT id FROM kulti_recording.deletion_requests",
            "SELECT version FROM kulti_recording.flyway_schema_history",
            "INSERT INTO kulti_recording.deleted_recordings (recording_id) VALUES (gen_random_uuid())",
            "DELETE FROM kulti_recording.deleted_recordings",
            "TRUNCATE kulti_recording.recording_history",
            "ALTER TABLE public.recordings ADD COLUMN mine text",
            "ALTER TABLE public.recordings DISABLE TRIGGER bury",
            "DROP TABLE kulti_recording.recording_history",
            "CREATE TABLE kulti_recording.mine (id int)",
            "CREATE TABLE public.mine (id int)",
            "SET ROLE authenticated",
            "SELECT kulti_recording.visible_sessions()"})
    void theProcessorMayNot(String statement) throws SQLException {
        try (var processor = kulti.as(Login.PROCESSOR)) {
            assertThatThrownBy(() -> processor.run(statement)).isInstanceOfSatisfying(SQLException.class,
                    e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("42501"));
        }
    }

    @Test
    void opsReadAndNeverWrite() throws SQLException {
        var session = kulti.session(UUID.randomUUID());
        var recording = kulti.recording(session, "completed");
        kulti.progress(recording, session, 1);
        try (var ops = kulti.as(Login.OPS)) {
            assertThat(ops.column("SELECT id FROM public.recordings")).contains(recording);
            assertThat(ops.column("SELECT recording_id FROM kulti_recording.recording_progress")).contains(recording);
            assertThat(ops.value("SELECT title FROM kulti_recording.sessions_by_id(?)", (Object) new UUID[]{session}))
                    .isEqualTo("Pottery");
            // A switch that its owner can turn back protects from accidents; the missing rights protect from the rest.
            assertThatThrownBy(() -> ops.run("DELETE FROM public.recordings"))
                    .hasMessageContaining("read-only transaction");
            ops.run("SET default_transaction_read_only = off");
            for (var table : ourTables()) {
                for (var right : List.of("INSERT", "UPDATE", "DELETE", "TRUNCATE")) {
                    assertThat(ops.value("SELECT has_table_privilege(?, ?)", table, right)).as(right + " " + table)
                            .isEqualTo(false);
                }
            }
            for (var secret : List.of("SELECT source_url FROM kulti_recording.recording_progress",
                    "SELECT token_hash FROM kulti_recording.share_links", "SELECT id FROM public.sessions")) {
                assertThatThrownBy(() -> ops.run(secret)).hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void theOwnerReadsOnlyWhatItWasGrantedOfTheApp() throws SQLException {
        kulti.session(UUID.randomUUID(), UUID.randomUUID());
        try (var owner = kulti.as(Login.OWNER)) {
            assertThat(owner.column("SELECT id FROM public.sessions")).isNotEmpty();
            for (var statement : List.of("SELECT role FROM public.session_participants",
                    "UPDATE public.sessions SET title = ''", "DELETE FROM public.session_participants")) {
                assertThatThrownBy(() -> owner.run(statement)).hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void everyTableHasRowLevelSecurity() throws SQLException {
        assertThat(ourTables()).hasSizeGreaterThanOrEqualTo(10);
        assertThat(kulti.superuser.column("""
                SELECT c.oid::regclass::text FROM pg_class c
                WHERE (c.relnamespace = 'kulti_recording'::regnamespace OR c.oid = 'public.recordings'::regclass)
                  AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity""")).isEmpty();
        assertThat(kulti.superuser.column("""
                SELECT c.relname FROM pg_class c
                WHERE c.relnamespace = 'kulti_recording'::regnamespace AND c.relkind IN ('v', 'm', 'f')"""))
                .as("views do not have it").isEmpty();
    }

    @Test
    void everyFunctionHasAnEmptySearchPathAndIsClosedToThePublic() throws SQLException {
        assertThat(kulti.superuser.column("""
                SELECT p.oid::regprocedure::text FROM pg_proc p
                WHERE p.pronamespace = 'kulti_recording'::regnamespace
                  AND p.proconfig IS DISTINCT FROM ARRAY['search_path=""']""")).isEmpty();
        assertThat(kulti.superuser.column("""
                SELECT p.oid::regprocedure::text FROM pg_proc p
                WHERE p.pronamespace = 'kulti_recording'::regnamespace
                  AND (p.proacl IS NULL OR EXISTS (SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 0))"""))
                .isEmpty();
    }

    @Test
    void nothingIsGrantedToThePublicOrToAnon() throws SQLException {
        assertThat(kulti.superuser.column("""
                SELECT c.oid::regclass::text FROM pg_class c, aclexplode(c.relacl) a
                WHERE (c.relnamespace = 'kulti_recording'::regnamespace OR c.oid = 'public.recordings'::regclass)
                  AND a.grantee IN (0, 'anon'::regrole)""")).isEmpty();
        assertThat(kulti.superuser.column("""
                SELECT n.nspname FROM pg_namespace n, aclexplode(n.nspacl) a
                WHERE n.nspname = 'kulti_recording' AND a.grantee IN (0, 'anon'::regrole, 'service_role'::regrole)"""))
                .isEmpty();
    }

    @Test
    void onRecordingsUsersMayReadAndDeleteAndNothingElse() throws SQLException {
        assertThat(kulti.superuser.column("""
                SELECT a.privilege_type FROM pg_class c, aclexplode(c.relacl) a
                WHERE c.oid = 'public.recordings'::regclass AND a.grantee = 'authenticated'::regrole"""))
                .containsExactlyInAnyOrder("SELECT", "DELETE");
    }

    @Test
    void noLoginButTheOwnerPassesRowLevelSecurity() throws SQLException {
        assertThat(kulti.superuser.column("""
                SELECT rolname FROM pg_roles WHERE rolname LIKE 'kulti%' AND (rolbypassrls OR rolsuper)"""))
                .containsExactly("kulti_owner");
    }

    private List<String> ourTables() throws SQLException {
        return kulti.superuser.column("""
                SELECT c.oid::regclass::text FROM pg_class c
                WHERE (c.relnamespace = 'kulti_recording'::regnamespace OR c.oid = 'public.recordings'::regclass)
                  AND c.relkind = 'r'""").stream().map(String::valueOf).toList();
    }

    private static List<String> callable(Sql login) throws SQLException {
        return login.column("""
                SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'kulti_recording'::regnamespace
                  AND has_function_privilege(p.oid, 'EXECUTE')""").stream().map(String::valueOf).toList();
    }

    private static List<String> readable(Sql login) throws SQLException {
        return login.column("""
                SELECT c.relname FROM pg_class c
                WHERE c.relnamespace IN ('kulti_recording'::regnamespace, 'public'::regnamespace) AND c.relkind = 'r'
                  AND has_any_column_privilege(c.oid, 'SELECT')""").stream().map(String::valueOf).toList();
    }
}
