package app.kulti.recording.infra.db;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the job is told by its environment.
 *
 * @param url       {@code SPRING_DATASOURCE_URL}, JDBC
 * @param username  {@code SPRING_DATASOURCE_USERNAME}, {@code kulti_owner} if not set
 * @param password  {@code SPRING_DATASOURCE_PASSWORD}
 * @param patience  {@code KULTI_DB_WAIT}, how long the database may take to answer, a minute if not set
 * @param passwords {@code KULTI_DB_GATEWAYPASSWORD}, {@code KULTI_DB_PROCESSORPASSWORD}, {@code KULTI_DB_OPSPASSWORD}:
 *                  given to those logins after the migrations; one that is not set is left as it is
 */
record JobSettings(String url, String username, String password, Duration patience, Map<Login, String> passwords) {

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /**
     * @param environment as of {@link System#getenv()}; empty values count as not set
     * @throws IllegalArgumentException whose message names every setting that is missing or wrong, and its mend
     */
    static JobSettings from(Map<String, String> environment) {
        var source = new Source(environment);
        var url = source.required("SPRING_DATASOURCE_URL", "jdbc:postgresql://host:5432/postgres");
        if (!url.isEmpty() && !isPostgres(url)) {
            // Not repeated in the message: it may carry a password.
            source.wrong("SPRING_DATASOURCE_URL is not of the form jdbc:postgresql://host:5432/postgres");
        }
        var username = source.optional("SPRING_DATASOURCE_USERNAME");
        var password = source.required("SPRING_DATASOURCE_PASSWORD", "the password of " + Login.OWNER.role());
        var patience = source.duration("KULTI_DB_WAIT", Duration.ofMinutes(1));
        var passwords = new EnumMap<Login, String>(Login.class);
        for (var login : List.of(Login.GATEWAY, Login.PROCESSOR, Login.OPS)) {
            var theirs = source.optional("KULTI_DB_" + login.name() + "PASSWORD");
            if (theirs != null) {
                passwords.put(login, theirs);
            }
        }
        source.check();
        return new JobSettings(url, username == null ? Login.OWNER.role() : username, password, patience,
                Map.copyOf(passwords));
    }

    private static boolean isPostgres(String url) {
        try {
            return DriverManager.getDriver(url).acceptsURL(url);
        } catch (SQLException _) {
            return false;
        }
    }

    /** No secrets. */
    @Override
    public String toString() {
        return "JobSettings[username=%s, patience=%s, passwords of %s]".formatted(username, patience,
                passwords.keySet());
    }

    /** Collects what is wrong, so that all of it is told at once. */
    private record Source(Map<String, String> environment, List<String> complaints) {

        Source(Map<String, String> environment) {
            this(environment, new ArrayList<>());
        }

        @Nullable
        String optional(String name) {
            var value = environment.get(name);
            return value == null || value.isBlank() ? null : value;
        }

        String required(String name, String meaning) {
            var value = optional(name);
            if (value == null) {
                wrong("%s is not set: %s".formatted(name, meaning));
                return "";
            }
            return value;
        }

        Duration duration(String name, Duration otherwise) {
            var value = optional(name);
            if (value == null) {
                return otherwise;
            }
            try {
                var duration = Duration.parse(value.startsWith("P") ? value : "PT" + value);
                if (!duration.isNegative() && duration.compareTo(LONGEST_WAIT) <= 0) {
                    return duration;
                }
            } catch (DateTimeException _) {
                // Told below, like a duration out of bounds.
            }
            wrong("%s is '%s', but should be a duration up to %s such as 90s or PT1M30S".formatted(name, value,
                    LONGEST_WAIT));
            return otherwise;
        }

        void wrong(String complaint) {
            complaints.add(complaint);
        }

        void check() {
            if (!complaints.isEmpty()) {
                throw new IllegalArgumentException(String.join(System.lineSeparator(), complaints));
            }
        }
    }
}
