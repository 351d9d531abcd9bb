package app.kulti.recording.infra.bench.list;

import java.util.regex.Pattern;

/** What PostgreSQL writes down with {@code log_statement = all}: a statement's further lines are indented by a tab. */
final class ServerLog {
    private static final Pattern STATEMENT = Pattern
            .compile("LOG:  (?:execute [^:]+|statement): (.*(?:\\n\\t.*)*)");

    private ServerLog() {}

    /** The first statement that begins so. */
    static String query(String log, String beginning) {
        return STATEMENT.matcher(log).results().map(found -> found.group(1).replace("\n\t", "\n"))
                .filter(statement -> statement.startsWith(beginning)).findFirst()
                .orElseThrow(() -> new IllegalStateException("the server was never asked " + beginning));
    }
}
