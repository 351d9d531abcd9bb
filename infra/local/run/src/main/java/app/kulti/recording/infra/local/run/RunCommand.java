package app.kulti.recording.infra.local.run;

import app.kulti.recording.infra.local.LocalServiceException;
import app.kulti.recording.infra.local.run.Ports.Listener;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./mvnw -Prun}: everything on this machine, one recording from start to mirrored, and then it stays up until Ctrl-C.
 *
 * <p>Exit status: 0 when the recording was played, 1 when it was not, 2 for a wrong option.
 */
@Command(name = "kulti-run", description = "Starts everything on this machine and plays one recording.", mixinStandardHelpOptions = true)
public final class RunCommand implements Runnable {
    @Option(names = "--once", arity = "1", description = "End after the recording has been played.")
    boolean once;

    @Option(names = "--fresh", arity = "1", description = "Forget the data of earlier runs.")
    boolean fresh;

    @Option(names = "--data", description = "Folder for data and logs (default: .local in the checkout).")
    @Nullable
    Path data;

    /** By {@link Listener#setting()}; Maven hands every one over, those that are not set as they stand in the pom. */
    @Option(names = "-P", description = "A port: -Pport.gateway=8080")
    Map<String, String> ports = new LinkedHashMap<>();

    private final Clock clock = Clock.systemUTC();
    private final PrintStream out = System.out;

    public static void main(String[] arguments) {
        var status = new CommandLine(new RunCommand())
                .setExecutionExceptionHandler(RunCommand::explain)
                .execute(arguments);
        System.exit(status);
    }

    @Override
    public void run() {
        var folder = data == null ? ServiceJars.ofThisCheckout().root().resolve(".local") : data;
        if (fresh) {
            forget(folder);
        }
        var steps = new Steps(clock, out);
        try (var system = LocalSystem.start(folder, Ports.usual(numbers()), steps::done)) {
            var outcome = new Demo(system, clock, steps::done).play();
            out.println(WhereToLook.text(system, outcome));
            if (!once) {
                out.println("It stays up. Ctrl-C ends all of it.");
                waitForTheEnd();
            }
        }
    }

    private Map<String, Integer> numbers() {
        var numbers = new LinkedHashMap<String, Integer>();
        ports.forEach((setting, number) -> {
            if (!number.isBlank()) {
                numbers.put(setting, portNumber(setting, number));
            }
        });
        return numbers;
    }

    private static int portNumber(String setting, String text) {
        try {
            var number = Integer.parseInt(text);
            if (number >= 0 && number <= 65_535) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Told below, like a number out of range.
        }
        throw new LocalServiceException("-D%s is '%s', but should be a port from 0 to 65535".formatted(setting, text));
    }

    private static void forget(Path folder) {
        if (Files.notExists(folder)) {
            return;
        }
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new LocalServiceException("the earlier data in %s could not be removed".formatted(folder), e);
        }
    }

    private static void waitForTheEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a person can mend is told in words; the rest with its trace. */
    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        switch (e) {
            case LocalServiceException told -> command.getErr().println(told.getMessage());
            case ConditionTimeoutException told ->
                command.getErr().println("The recording got stuck: " + told.getMessage());
            default -> e.printStackTrace(command.getErr());
        }
        return 1;
    }

    /** Says each step with the time since the beginning. */
    private record Steps(Clock clock, PrintStream out, Instant begun) {
        Steps(Clock clock, PrintStream out) {
            this(clock, out, clock.instant());
        }

        void done(String what) {
            var passed = Duration.between(begun, clock.instant());
            out.printf("%6.1f s  %s%n", passed.toMillis() / 1000.0, what);
        }
    }

    /** What a person can do with the system that is up. */
    private static final class WhereToLook {
        private WhereToLook() {}

        /** A dozen settings, so that nobody has to type them. */
        private static Path operatorsFile(LocalSystem system) {
            var file = system.logs().resolveSibling("ops.env");
            try {
                return Files.write(file,
                        system.operatorsEnvironment().entrySet().stream().sorted(Map.Entry.comparingByKey())
                                .map(setting -> "%s='%s'".formatted(setting.getKey(), setting.getValue())).toList());
            } catch (IOException e) {
                throw new LocalServiceException("%s could not be written".formatted(file), e);
            }
        }

        /** The operators' tool is named with the Java that this runs on; the default one may be too old for it. */
        static String text(LocalSystem system, Demo.Outcome outcome) {
            return """

                    Where to look
                      API gateway      %1$s
                      100ms simulator  %2$s/_simulator/rooms
                      Health           %3$s/actuator/health
                      Logs             %4$s
                      The film         %5$s

                    As the host
                      TOKEN=%6$s
                      curl -H "Authorization: Bearer $TOKEN" %1$s/api/recordings/list
                      curl -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
                        -d '{"sessionId":"%7$s","roomId":"%8$s"}' %1$s/api/hms/start-recording
                      curl -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
                        -d '{"sessionId":"%7$s"}' %1$s/api/hms/stop-recording
                      curl -X DELETE -H "Authorization: Bearer $TOKEN" %1$s/api/recordings/%9$s

                    As a participant
                      TOKEN=%10$s
                      curl -H "Authorization: Bearer $TOKEN" %1$s/api/recordings/%9$s
                      curl -L -H "Authorization: Bearer $TOKEN" -o film.mp4 %1$s/api/recordings/%9$s/playback

                    As an operator
                      set -a; . "%11$s"; set +a
                      "%12$s" -jar infra/ops/target/kulti-ops.jar doctor
                      "%12$s" -jar infra/ops/target/kulti-ops.jar timeline %9$s
                    """.formatted(system.gateway(), system.hms(), system.management(Service.GATEWAY), system.logs(),
                    outcome.playbackUrl(), outcome.hostToken(), outcome.session(), outcome.room(),
                    outcome.recording(), outcome.participantToken(), operatorsFile(system),
                    Path.of(System.getProperty("java.home"), "bin", "java"));
        }
    }
}
