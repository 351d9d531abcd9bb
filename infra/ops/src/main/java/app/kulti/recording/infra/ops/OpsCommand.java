package app.kulti.recording.infra.ops;

import app.kulti.recording.infra.ops.deadletters.DeadLettersCommand;
import app.kulti.recording.infra.ops.doctor.DoctorCommand;
import app.kulti.recording.infra.ops.recordings.ReconcileCommand;
import app.kulti.recording.infra.ops.recordings.StuckCommand;
import app.kulti.recording.infra.ops.recordings.TimelineCommand;
import app.kulti.recording.infra.ops.replay.ReplayCommand;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code java -jar kulti-ops.jar}: the operator's command line. */
@Command(name = "kulti-ops", mixinStandardHelpOptions = true, version = "kulti-ops 1.0.0", subcommands = {
        ReplayCommand.class, DeadLettersCommand.class, TimelineCommand.class, StuckCommand.class,
        ReconcileCommand.class, DoctorCommand.class, AutoComplete.GenerateCompletion.class
}, description = "Replays, repairs and explains, while everything keeps running.", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
        "0:done, as promised", "1:a fault of this tool", "2:a request that makes no sense; nothing was done",
        "3:something cannot be reached; what was done can be taken up again",
        "4:done, but something is not as it should be", "5:not now: somebody else is at it, or a service must stop",
        "6:what was asked for is not there", "130:interrupted; it can be resumed"
}, footerHeading = "%nShell completion:%n", footer = "  source <(java -jar kulti-ops.jar generate-completion)")
public final class OpsCommand implements Runnable {
    private final Desk desk;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Answer with one JSON document.")
    boolean json;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show what the libraries say, and traces.")
    boolean verbose;

    OpsCommand(Desk desk) {
        this.desk = desk;
    }

    /** What commands work with. */
    public Desk desk() {
        return desk;
    }

    /** Says a command's answer in the form that was asked for, and returns how the process ends with it. */
    public int say(Answer answer) {
        return answer.to(desk.out(), json);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command.");
    }

    public static void main(String[] arguments) {
        var verbose = List.of(arguments).contains("--verbose");
        if (verbose) {
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
        }
        var stop = new Interruption();
        var desk = new Desk(new OpsSettings(System.getenv()), utf8(System.out), utf8(System.err),
                isAtTerminal(), InstantSource.system(), UUID::randomUUID, stop,
                Duration.ofMinutes(2));
        stop.listen();
        var status = run(desk, arguments);
        stop.over();
        System.exit(status);
    }

    @SuppressWarnings("SystemConsoleNull") // since 25 it is null again where there is no terminal
    private static boolean isAtTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    private static PrintWriter utf8(OutputStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** Parses and runs; returns how the process is to end. */
    static int run(Desk desk, String... arguments) {
        return commandLine(desk).execute(arguments);
    }

    static CommandLine commandLine(Desk desk) {
        var line = new CommandLine(new OpsCommand(desk))
                .setOut(desk.out()).setErr(desk.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Instant.class, text -> Moments.parse(text, desk.clock().instant()))
                .setExecutionExceptionHandler(OpsCommand::explain);
        var usual = line.getParameterExceptionHandler();
        line.setParameterExceptionHandler((wrong, arguments) -> {
            var status = usual.handleParseException(wrong, arguments);
            // What was parsed until then may not have come to it.
            return List.of(arguments).contains("--json")
                    ? root(wrong.getCommandLine()).fail(String.valueOf(wrong.getMessage()), status, true)
                    : status;
        });
        var settings = new LinkedHashMap<String, String>();
        for (var i = 0; i < OpsSettings.HELP.size(); i += 2) {
            settings.put(OpsSettings.HELP.get(i), OpsSettings.HELP.get(i + 1));
        }
        line.getHelpSectionMap().put("settings", help -> "%nSettings (environment):%n".formatted()
                + help.createTextTable(settings));
        var keys = new ArrayList<>(line.getHelpSectionKeys());
        keys.add(keys.indexOf(CommandLine.Model.UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING), "settings");
        line.setHelpSectionKeys(keys);
        return line;
    }

    /** What an operator can mend is told in words; the rest with its trace. */
    private static int explain(Exception thrown, CommandLine line, CommandLine.ParseResult parsed) {
        var ops = root(line);
        if (thrown instanceof Told told) {
            line.getErr().println(told.words());
            if (ops.verbose) {
                told.printStackTrace(line.getErr());
            }
            return ops.fail(told.words(), told.exit(), ops.json);
        }
        thrown.printStackTrace(line.getErr());
        return ops.fail(String.valueOf(thrown), Exit.BROKEN, ops.json);
    }

    /** What went wrong, for programs. */
    private record Failure(String error, int exit) {}

    private int fail(String words, int exit, boolean asJson) {
        if (asJson) {
            desk.out().println(Answer.mapper().writeValueAsString(new Failure(words, exit)));
        }
        return exit;
    }

    private static OpsCommand root(CommandLine line) {
        return line.getParent() == null ? line.getCommand() : root(line.getParent());
    }
}
