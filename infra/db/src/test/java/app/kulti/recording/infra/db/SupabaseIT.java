package app.kulti.recording.infra.db;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.infra.local.LocalPostgres;
import app.kulti.recording.infra.local.Port;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scripts under an administrator as Supabase's {@code postgres} is one: no superuser, but with CREATEROLE and
 * BYPASSRLS, ADMIN on the API roles, owner of the database and of the app's tables, and without the right to pass on the
 * use of schema auth.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SupabaseIT {

    private static final List<String> MIGRATIONS = List.of("20261122100000_who_may_see", "20261122100100_recordings",
            "20261122100200_processing", "20261122100300_deletion", "20261122100400_sharing_and_consent",
            "20261122110000_hosted_audiences", "20261122110100_open_share", "20261122120000_schedules");

    private LocalPostgres server;

    @BeforeAll
    void twoProjects(@TempDir Path folder) throws SQLException {
        server = LocalPostgres.start(folder, Port.any("PostgreSQL"), LocalPostgres.Durability.KILL);
        try (var superuser = new Sql(server.jdbcUrl(), LocalPostgres.SUPERUSER, LocalPostgres.PASSWORD)) {
            superuser.run("CREATE ROLE admin LOGIN PASSWORD 'admin' CREATEROLE CREATEDB BYPASSRLS");
        }
        for (var project : List.of("by_the_job", "by_supabase_cli")) {
            try (var superuser = new Sql(server.jdbcUrl(), LocalPostgres.SUPERUSER, LocalPostgres.PASSWORD)) {
                superuser.run("CREATE DATABASE " + project + " OWNER admin");
            }
            try (var superuser = new Sql(url(project), LocalPostgres.SUPERUSER, LocalPostgres.PASSWORD)) {
                superuser.run(LocalDatabase.script("/db/local/app.sql"));
                superuser.run("GRANT anon, authenticated, service_role TO admin WITH ADMIN OPTION");
                superuser.run("ALTER TABLE public.sessions OWNER TO admin");
                superuser.run("ALTER TABLE public.session_participants OWNER TO admin");
            }
            try (var admin = admin(project)) {
                admin.run("CREATE TABLE public.recordings (id uuid PRIMARY KEY, session_id uuid NOT NULL,"
                        + " hms_recording_id text NOT NULL, recording_url text, duration integer,"
                        + " status text NOT NULL, metadata jsonb, created_at timestamptz NOT NULL DEFAULT now(),"
                        + " updated_at timestamptz NOT NULL DEFAULT now())");
                admin.run(LocalDatabase.script("/db/bootstrap.sql"));
                admin.run(LocalDatabase.script("/db/bootstrap.sql"));
            }
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void theJobMigratesAsItsOwnerWhoAlsoSetsTheLoginsPasswords() throws SQLException {
        try (var admin = admin("by_the_job")) {
            Login.setPasswords(admin.connection(), Map.of(Login.OWNER, "owner"));
        }

        new Migrations(new OwnerConnections(url("by_the_job"), "kulti_owner", "owner"), Duration.ofSeconds(5))
                .apply(Map.of(Login.GATEWAY, "gateway", Login.PROCESSOR, "processor", Login.OPS, "ops"));

        for (var login : List.of("gateway", "processor", "ops")) {
            try (var connection = new Sql(url("by_the_job"), "kulti_" + login, login)) {
                assertThat(connection.value("SELECT session_user")).isEqualTo("kulti_" + login);
            }
        }
        assertEverythingIsTheOwners("by_the_job");
    }

    @Test
    void theFilesServeAsSupabaseMigrationsUnchanged() throws SQLException {
        try (var admin = admin("by_supabase_cli")) {
            admin.connection().setAutoCommit(false);
            for (var migration : MIGRATIONS) {
                admin.run(LocalDatabase.script("/db/migration/" + migration + ".sql"));
                assertThat(admin.value("SELECT current_user")).as("the tool's own bookkeeping comes next")
                        .isEqualTo("admin");
                admin.connection().commit();
            }
        }
        assertEverythingIsTheOwners("by_supabase_cli");
    }

    private void assertEverythingIsTheOwners(String project) throws SQLException {
        try (var admin = admin(project)) {
            assertThat(admin.column("""
                    SELECT relname FROM pg_class
                    WHERE (relnamespace = 'kulti_recording'::regnamespace OR relname = 'recordings')
                      AND relowner <> 'kulti_owner'::regrole
                    UNION SELECT proname FROM pg_proc
                    WHERE pronamespace = 'kulti_recording'::regnamespace AND proowner <> 'kulti_owner'::regrole"""))
                    .isEmpty();
        }
    }

    private Sql admin(String project) {
        return new Sql(url(project), "admin", "admin");
    }

    private String url(String project) {
        return server.jdbcUrl().replaceFirst("[^/]*$", project);
    }
}
