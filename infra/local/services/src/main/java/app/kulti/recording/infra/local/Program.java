package app.kulti.recording.infra.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program to run as a process of its own.
 *
 * @param name what people call it, in messages
 * @param command the executable and its arguments; never a secret, since every user of the machine can read them
 * @param environment what is added to this process's own environment
 * @param log where standard output and error go; a new start appends
 * @param ready how to tell that it can be used
 * @param readyWithin how long that may take
 * @param stopSignal what asks it to end
 * @param stopWithin how long that may take before it is killed
 */
public record Program(String name, List<String> command, Map<String, String> environment, Path log, Readiness ready,
        Duration readyWithin, StopSignal stopSignal, Duration stopWithin) {

    public Program {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        log = log.toAbsolutePath();
    }

    /** Any executable: ready at once, 60 s to become ready, ended by TERM within 20 s. */
    public static Program of(String name, List<String> command, Path log) {
        return new Program(name, command, Map.of(), log, Readiness.atOnce(), Duration.ofSeconds(60), StopSignal.TERM,
                Duration.ofSeconds(20));
    }

    /** {@code java -jar}, with the JDK that runs this process. */
    public static Program jar(String name, Path jar, List<String> jvmOptions, Path log) {
        return of(name, java(jvmOptions, List.of("-jar", jar.toAbsolutePath().toString())), log);
    }

    /** A main class on this process's own class path, with the JDK that runs this process. */
    public static Program main(String name, Class<?> main, List<String> jvmOptions, Path log) {
        return of(name, java(jvmOptions, List.of("-cp", System.getProperty("java.class.path"), main.getName())), log);
    }

    static List<String> java(List<String> jvmOptions, List<String> rest) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(rest);
        return command;
    }

    /** Adds arguments at the end. */
    public Program arguments(String... arguments) {
        var longer = new ArrayList<>(command);
        longer.addAll(List.of(arguments));
        return new Program(name, longer, environment, log, ready, readyWithin, stopSignal, stopWithin);
    }

    public Program environment(Map<String, String> variables) {
        return new Program(name, command, variables, log, ready, readyWithin, stopSignal, stopWithin);
    }

    public Program ready(Readiness readiness, Duration within) {
        return new Program(name, command, environment, log, readiness, within, stopSignal, stopWithin);
    }

    public Program stop(StopSignal signal, Duration within) {
        return new Program(name, command, environment, log, ready, readyWithin, signal, within);
    }

    /** Starts it without waiting until it is ready. */
    public LocalProcess start() {
        return new LocalProcess(this);
    }
}
