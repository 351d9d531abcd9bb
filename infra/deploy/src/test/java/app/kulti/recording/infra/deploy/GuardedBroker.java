package app.kulti.recording.infra.deploy;

import app.kulti.recording.infra.local.LocalKafka;
import app.kulti.recording.infra.local.Port;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.tools.AclCommand;

/** A broker that wants a login, and whose authorizer denies what {@code kafka/acls.sh} has not allowed. */
final class GuardedBroker implements AutoCloseable {
    private static final String ADMINISTRATOR = "administrator";
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    private final Path folder;
    private final LocalKafka kafka;

    private GuardedBroker(Path folder, LocalKafka kafka) {
        this.folder = folder;
        this.kafka = kafka;
    }

    /** Lets those log in. */
    static GuardedBroker start(Path folder, List<String> users) {
        var logins = users.stream().map(GuardedBroker::login).collect(Collectors.joining(" "));
        return new GuardedBroker(folder, LocalKafka.start(folder, Port.any("Kafka"), List.of(), Map.of(
                "listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms", "PLAIN",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "listener.name.plaintext.plain.sasl.jaas.config", "%s username=\"%s\" password=\"%s\" %s %s;".formatted(
                        PLAIN, ADMINISTRATOR, password(ADMINISTRATOR), login(ADMINISTRATOR), logins),
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found", "false",
                // The controller's listener is the broker's own: it is the only one who comes without a name.
                "super.users", "User:" + ADMINISTRATOR + ";User:ANONYMOUS")));
    }

    private static String login(String user) {
        return "user_%s=\"%s\"".formatted(user, password(user));
    }

    private static String password(String user) {
        return user + "'s";
    }

    Map<String, Object> administrator() {
        return clientOf(ADMINISTRATOR);
    }

    /** How that user's clients connect. */
    Map<String, Object> clientOf(String user) {
        return new HashMap<>(Map.of("bootstrap.servers", kafka.bootstrapServers(), "security.protocol",
                "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN", "sasl.jaas.config",
                "%s username=\"%s\" password=\"%s\";".formatted(PLAIN, user, password(user))));
    }

    /** Runs {@code kafka/acls.sh} as it is. Each call that it makes is carried out here, by Kafka's own command. */
    void applyTheScript() throws IOException, InterruptedException {
        var calls = folder.resolve("calls");
        var shell = Files.createDirectories(folder.resolve("kafka-home").resolve("bin")).resolve("kafka-acls.sh");
        Files.writeString(shell, "#!/bin/sh\nprintf '%s\\n' \"$@\" '' >> \"$CALLS\"\n");
        Files.setPosixFilePermissions(shell, PosixFilePermissions.fromString("rwx------"));
        var login = folder.resolve("administrator.properties");
        Files.writeString(login,
                administrator().entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("\n")));
        var script = new ProcessBuilder("sh", Path.of("kafka", "acls.sh").toString()).redirectErrorStream(true);
        script.environment().putAll(Map.of("KAFKA_HOME", folder.resolve("kafka-home").toString(), "CALLS",
                calls.toString(), "BOOTSTRAP", kafka.bootstrapServers(), "COMMAND_CONFIG", login.toString()));
        var run = script.start();
        if (!run.waitFor(60, TimeUnit.SECONDS) || run.exitValue() != 0) {
            throw new AssertionError(new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
        for (var call : Files.readString(calls).strip().split("\n\n", -1)) {
            carryOut(new ArrayList<>(List.of(call.split("\n", -1))));
        }
    }

    private static void carryOut(List<String> call) {
        // The command ends its JVM when it fails.
        Exit.setExitProcedure((status, message) -> {
            throw new AssertionError("kafka-acls.sh %s ended with %d %s".formatted(call, status, message));
        });
        try {
            AclCommand.main(call.toArray(String[]::new));
        } finally {
            Exit.resetExitProcedure();
        }
    }

    @Override
    public void close() {
        kafka.close();
    }
}
