package app.kulti.recording.infra.local;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Each server in one line, for a person at a terminal; {@code --help} lists them. */
@Command(name = "kulti-local-services", mixinStandardHelpOptions = true, subcommands = {KafkaCommand.class,
        PostgresCommand.class, S3Command.class})
final class LocalServices {

    private LocalServices() {}

    public static void main(String[] arguments) {
        var commands = new CommandLine(new LocalServices());
        commands.setExecutionExceptionHandler((e, command, _) -> {
            if (!(e instanceof LocalServiceException)) {
                throw e;
            }
            command.getErr().println(e.getMessage());
            return 1;
        });
        System.exit(commands.execute(arguments));
    }
}
