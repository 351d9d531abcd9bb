package app.kulti.recording.infra.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.kulti.recording.infra.local.testing.RealPostgres;
import app.kulti.recording.infra.local.testing.TestDatabase;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the migrations make of a database that has, or has not, lived before. */
class TakeOverIT {

    /** The product spec's table with what the app's own migration gave it. */
    private static final String APPS_OWN_TABLE = """
            CREATE EXTENSION "uuid-ossp";
            CREATE TABLE public.recordings (
              id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
              session_id UUID NOT NULL REFERENCES public.sessions(id) ON DELETE CASCADE,
              hms_recording_id TEXT NOT NULL,
              recording_url TEXT,
              duration INTEGER,
              status TEXT NOT NULL DEFAULT 'recording'
                CHECK (status IN ('recording', 'processing', 'completed', 'failed')),
              metadata JSONB DEFAULT '{}',
              created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
              updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
            );
            CREATE INDEX idx_recordings_session_id ON public.recordings(session_id);
            ALTER TABLE public.recordings ENABLE ROW LEVEL SECURITY;
            CREATE POLICY "Everyone sees all" ON public.recordings FOR SELECT USING (true);
            CREATE FUNCTION public.update_updated_at_column() RETURNS trigger LANGUAGE plpgsql
              AS $$ BEGIN NEW.updated_at = now(); RETURN NEW; END $$;
            CREATE TRIGGER update_recordings_updated_at BEFORE UPDATE ON public.recordings
              FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();
            GRANT ALL ON public.recordings TO anon, authenticated, service_role;
            """;

    @Test
    void anEmptyDatabaseGetsTheSpecsTable() throws SQLException {
        try (var kulti = new Kulti()) {
            assertThat(kulti.superuser.column("""
                    SELECT column_name || ' ' || data_type || CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END
                    FROM information_schema.columns
                    WHERE table_schema = 'public' AND table_name = 'recordings' ORDER BY ordinal_position"""))
                    .containsExactly("id uuid not null", "session_id uuid not null", "hms_recording_id text not null",
                            "recording_url text", "duration integer", "status text not null", "metadata jsonb",
                            "created_at timestamp with time zone not null",
                            "updated_at timestamp with time zone not null");
            assertThat(kulti.superuser.column("SELECT indexname FROM pg_indexes WHERE tablename = 'recordings'"))
                    .contains("idx_recordings_session_id", "idx_recordings_status", "idx_recordings_created_at");
        }
    }

    @Test
    void theAppsOwnTableIsTakenOverWithItsRows() throws SQLException {
        var database = RealPostgres.shared().freshDatabase();
        var host = UUID.randomUUID();
        var session = UUID.randomUUID();
        try (var superuser = superuser(database)) {
            superuser.run(LocalDatabase.script("/db/local/app.sql"));
            superuser.run(APPS_OWN_TABLE);
            superuser.update("INSERT INTO public.sessions (id, title, host_id) VALUES (?, 'Pottery', ?)", session,
                    host);
            superuser.update("""
                    INSERT INTO public.recordings (session_id, hms_recording_id, status, created_at) VALUES
                      (?, 'old', 'recording', '2026-01-01'), (?, 'new', 'recording', '2026-01-02'),
                      (?, 'done', 'completed', '2026-01-03'), (?, 'new', 'failed', '2026-01-01'),
                      (?, '', 'failed', '2026-01-01')""", session, session, session, session, session);

            Kulti.prepare(database);

            assertThat(superuser.column("SELECT hms_recording_id || ' ' || status FROM public.recordings"))
                    .as("one active per session: the newest")
                    .containsExactlyInAnyOrder("old processing", "new recording", "done completed", "new failed",
                            " failed");
            assertThat(superuser.column("""
                    SELECT a.kind || ' ' || a.outside_id || ' ' || r.status
                    FROM kulti_recording.recording_aliases a JOIN public.recordings r ON r.id = a.recording_id"""))
                    .as("whom 100ms's ids name: of several the newest")
                    .containsExactlyInAnyOrder("job_id old processing", "job_id new recording",
                            "job_id done completed");
            assertThat(superuser.column("SELECT policyname FROM pg_policies WHERE tablename = 'recordings'"))
                    .doesNotContain("Everyone sees all").hasSize(4);
            assertThat(superuser
                    .column("SELECT grantee::regrole::text || ' ' || string_agg(privilege_type, ',' ORDER BY privilege_type)"
                            + " FROM pg_class c, aclexplode(c.relacl) WHERE c.oid = 'public.recordings'::regclass"
                            + " AND grantee::regrole::text IN ('anon', 'authenticated', 'service_role', '-') GROUP BY grantee"))
                    .containsExactlyInAnyOrder("authenticated DELETE,SELECT", "service_role DELETE,SELECT");
            assertThat(superuser.update("DELETE FROM public.recordings WHERE status = 'recording'")).isOne();
            assertThat(superuser.value("SELECT was_active FROM kulti_recording.deleted_recordings")).isEqualTo(true);
        }
    }

    @Test
    void aSecondRunChangesNothing() throws SQLException {
        try (var kulti = new Kulti()) {
            var recording = kulti.recording(kulti.session(UUID.randomUUID()), "completed");
            var before = kulti.superuser.column(CATALOGUE);

            LocalDatabase.prepare(kulti.jdbcUrl(), "postgres", "postgres");

            assertThat(kulti.superuser.column(CATALOGUE)).isEqualTo(before);
            assertThat(kulti.superuser.column("SELECT id FROM public.recordings")).containsExactly(recording);
        }
    }

    /** The scripts are pure SQL, so that Supabase's own tool can apply them, to a table of an earlier try as well. */
    @Test
    void theRecordingsScriptMayRunOverItsOwnResult() throws SQLException {
        try (var kulti = new Kulti(); var owner = kulti.as(Login.OWNER)) {
            var before = kulti.superuser.column(CATALOGUE);

            owner.run(LocalDatabase.script("/db/migration/20261122100100_recordings.sql"));

            assertThat(kulti.superuser.column(CATALOGUE)).isEqualTo(before);
        }
    }

    @Test
    void aSessionHasOneActiveRecordingAndOneUnsettledStart() throws SQLException {
        try (var kulti = new Kulti()) {
            var session = kulti.session(UUID.randomUUID());
            kulti.recording(session, "recording");
            kulti.recording(session, "processing");
            assertThatThrownBy(() -> kulti.recording(session, "recording"))
                    .hasMessageContaining("one_active_recording_per_session");

            var start = """
                    INSERT INTO kulti_recording.recording_starts (recording_id, command_id, session_id, room_id,
                      started_by, issued_at, deadline, settled_at)
                    VALUES (gen_random_uuid(), gen_random_uuid(), ?, 'r', gen_random_uuid(), now(), now(), %s)""";
            kulti.superuser.update(start.formatted("now()"), session);
            kulti.superuser.update(start.formatted("NULL"), session);
            assertThatThrownBy(() -> kulti.superuser.update(start.formatted("NULL"), session))
                    .hasMessageContaining("one_unsettled_start_per_session");
        }
    }

    @Test
    void onlyARealChangeMovesUpdatedAt() throws SQLException {
        try (var kulti = new Kulti()) {
            var recording = kulti.recording(kulti.session(UUID.randomUUID()), "processing");
            var updatedAt = "SELECT updated_at FROM public.recordings WHERE id = ?";
            var before = kulti.superuser.value(updatedAt, recording);

            kulti.superuser.update("UPDATE public.recordings SET status = 'processing' WHERE id = ?", recording);
            assertThat(kulti.superuser.value(updatedAt, recording)).isEqualTo(before);

            kulti.superuser.update("UPDATE public.recordings SET status = 'completed' WHERE id = ?", recording);
            assertThat(kulti.superuser.value(updatedAt, recording)).isNotEqualTo(before);
        }
    }

    @Test
    void withoutTheAppsTablesTheBootstrapSaysWhatComesFirst() {
        var database = RealPostgres.shared().freshDatabase();
        try (var kulti = new Kulti(); var superuser = superuser(database)) {
            assertThatThrownBy(() -> superuser.run(LocalDatabase.script("/db/bootstrap.sql")))
                    .hasMessageContaining("public.sessions or public.session_participants is missing")
                    .hasMessageContaining("apply its migrations first");
            assertThat(kulti.jdbcUrl()).as("the roles are there").isNotEmpty();
        }
    }

    /** Everything of ours that the catalogue knows, with rights and definitions but without object ids. */
    private static final String CATALOGUE = """
            SELECT 'relation ' || c.oid::regclass || ' ' || c.relowner::regrole || ' ' || c.relrowsecurity
                   || ' ' || (SELECT coalesce(string_agg(a::text, ' ' ORDER BY a::text), '') FROM unnest(c.relacl) a)
            FROM pg_class c WHERE c.relnamespace IN ('kulti_recording'::regnamespace, 'public'::regnamespace)
            UNION SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname IN ('kulti_recording', 'public')
            UNION SELECT 'policy ' || tablename || ' ' || policyname || ' ' || roles::text || ' ' || cmd || ' '
                   || coalesce(qual, '') || coalesce(with_check, '')
            FROM pg_policies
            UNION SELECT 'trigger ' || pg_get_triggerdef(t.oid) FROM pg_trigger t WHERE NOT t.tgisinternal
            UNION SELECT 'function ' || pg_get_functiondef(p.oid)
                   || (SELECT coalesce(string_agg(a::text, ' ' ORDER BY a::text), '') FROM unnest(p.proacl) a)
            FROM pg_proc p WHERE p.pronamespace = 'kulti_recording'::regnamespace
            ORDER BY 1""";

    private static Sql superuser(TestDatabase database) {
        return new Sql(database.jdbcUrl(), database.user(), database.password());
    }
}
