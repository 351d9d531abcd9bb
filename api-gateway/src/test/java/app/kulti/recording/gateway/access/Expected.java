package app.kulti.recording.gateway.access;

import static java.util.Map.entry;

import app.kulti.recording.gateway.access.Subjects.Subject;
import app.kulti.recording.gateway.access.Subjects.What;
import app.kulti.recording.gateway.access.Subjects.Who;
import app.kulti.recording.gateway.openapi.DescribedApi.Operation;
import java.util.Map;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Assertions;

/** What the contract gives to whom: for each operation the status, as soon as the caller is signed in. */
final class Expected {
    /** For a caller who is signed in, or need not be. */
    @FunctionalInterface
    interface Rule {
        int status(Who who, What what);
    }

    static final Map<String, Rule> OPERATIONS = Map.ofEntries(
            entry("listRecordings", (_, _) -> 200),
            entry("getActiveRecording", (_, _) -> 200),
            entry("getRecording", (who, what) -> sees(who, what) ? 200 : 404),
            entry("playRecording", (who, what) -> !sees(who, what) ? 404 : what.isCompleted() ? 302 : 409),
            entry("startRecording", Expected::session),
            entry("stopRecording", Expected::session),
            entry("deleteRecording", (who, what) -> hosted(who, what, 200)),
            entry("keepRecording", (who, what) -> hosted(who, what, 200)),
            entry("releaseRecording", (who, what) -> hosted(who, what, 200)),
            entry("followRecordings", (_, _) -> 200),
            entry("getStatistics", (_, _) -> 200),
            entry("getTimeline", (who, what) -> sees(who, what) ? 200 : 404),
            entry("createShare", (who, what) -> hosted(who, what, 201)),
            entry("listShares", (who, what) -> hosted(who, what, 200)),
            entry("revokeShare", (who, what) -> hosted(who, what, 200)),
            // Whoever has the link, and nobody asks who that is.
            entry("openShare", (_, what) -> !what.exists() ? 404 : what.isCompleted() ? 302 : 409),
            entry("acknowledge", (who, what) -> sees(who, what) ? 200 : 404),
            entry("listAcknowledgements", (who, what) -> sees(who, what) ? 200 : 404),
            entry("requestDeletion", (who, what) -> sees(who, what) ? 201 : 404),
            entry("listDeletionRequests", (who, what) -> sees(who, what) || seesWish(who, what) ? 200 : 404),
            entry("acceptDeletion", (who, what) -> !seesWish(who, what)
                    ? 404
                    : who != Who.HOST ? 403 : what == What.RECORDING ? 409 : 200),
            entry("declineDeletion", (who, what) -> !seesWish(who, what) ? 404 : who == Who.HOST ? 200 : 403));

    /** Of those that answer everybody, the ones that show a recording: whose, and which. */
    static final Map<String, BiPredicate<Who, What>> SHOWN = Map.of("listRecordings", Expected::sees,
            "getActiveRecording", (who, what) -> sees(who, what) && what == What.RECORDING);

    private Expected() {}

    static int status(Operation operation, Who who, What what) {
        var rule = OPERATIONS.get(operation.id());
        if (rule == null) {
            return Assertions.fail("Nobody said who may use " + operation + ": add it here");
        }
        return operation.isSecured() && !who.isSignedIn() ? 401 : rule.status(who, what);
    }

    /** What stands for a path, query or body field in a request about {@code subject}. */
    static String value(Operation operation, Subject subject, String name) {
        var value = subject.values().get(name);
        return value == null ? Assertions.fail("No value for " + name + " of " + operation) : value;
    }

    private static boolean sees(Who who, What what) {
        return who.mayWatch() && what.exists() && !what.isAnothers();
    }

    /** That there is such a recording, or was. */
    static boolean mayKnow(Who who, What what) {
        return seesWish(who, what);
    }

    /** The participant's, which outlives the recording. */
    private static boolean seesWish(Who who, What what) {
        return who.mayWatch() && what != What.MISSING && !what.isAnothers();
    }

    private static int hosted(Who who, What what, int otherwise) {
        return !sees(who, what) ? 404 : who == Who.HOST ? otherwise : 403;
    }

    /** The local app shows every session to every signed-in user. */
    private static int session(Who who, What what) {
        return what == What.MISSING ? 404 : who == Who.HOST && !what.isAnothers() ? 200 : 403;
    }
}
