package app.kulti.recording.infra.ops.deadletters;

import app.kulti.recording.infra.ops.OpsCommand;
import app.kulti.recording.infra.ops.Told;
import app.kulti.recording.infra.ops.Why;
import app.kulti.recording.infra.ops.kafka.DeadLetterTopics.Place;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code kulti-ops dead-letters}. */
@Command(name = "dead-letters", mixinStandardHelpOptions = true, description = "What readers could not read or act on: look, try again, or leave it for good.")
public final class DeadLettersCommand implements Runnable {
    private static final Pattern PLACE = Pattern
            .compile("(?<topic>[a-z.]+?)(?:-(?<partition>\\d{1,5}))?@(?<offset>\\d{1,18})");

    @ParentCommand
    @Nullable
    OpsCommand ops;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: list, show, retry, or park.");
    }

    private OpsCommand ops() {
        if (ops == null) {
            throw new IllegalStateException("picocli sets the parent");
        }
        return ops;
    }

    /** Lists them with a histogram of reasons. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "All that are open, and how often for which reason.")
    int list(
            @Option(names = "--topic", paramLabel = "TOPIC", description = "Only this dead-letter topic.") @Nullable String topic,
            @Option(names = "--all", description = "Also those that were tried again or parked.") boolean all) {
        try (var letters = new DeadLetters(ops().desk())) {
            return ops().say(letters.list(topic, all));
        }
    }

    /** Shows one. */
    @Command(name = "show", mixinStandardHelpOptions = true, description = "One of them: its headers, and its content without secrets.")
    int show(
            @Parameters(paramLabel = "TOPIC@OFFSET", description = "As list names it.") String place) {
        try (var letters = new DeadLetters(ops().desk())) {
            return ops().say(letters.show(place(place)));
        }
    }

    /** Puts back one or many. */
    @Command(name = "retry", mixinStandardHelpOptions = true, description = {
            "Puts them back on the topic they came from, unchanged. What has failed three times again is parked instead."})
    int retry(
            @Parameters(paramLabel = "TOPIC@OFFSET", arity = "0..*", description = "As list names them.") @Nullable List<String> places,
            @Option(names = "--topic", paramLabel = "TOPIC", description = "All open ones of this dead-letter topic.") @Nullable String topic,
            @Option(names = "--containing", paramLabel = "TEXT", description = "Only those whose reason contains this.") @Nullable String containing,
            @Option(names = "--all", description = "All open ones.") boolean all, @Mixin Why why) {
        var desk = ops().desk();
        try (var letters = new DeadLetters(desk)) {
            return ops().say(letters.retry(chosen(letters, places, topic, containing, all), why.said(desk.settings())));
        }
    }

    /** Leaves one or many for good. */
    @Command(name = "park", mixinStandardHelpOptions = true, description = "Leaves them for good: they count as open no more.")
    int park(
            @Parameters(paramLabel = "TOPIC@OFFSET", arity = "0..*", description = "As list names them.") @Nullable List<String> places,
            @Option(names = "--topic", paramLabel = "TOPIC", description = "All open ones of this dead-letter topic.") @Nullable String topic,
            @Option(names = "--containing", paramLabel = "TEXT", description = "Only those whose reason contains this.") @Nullable String containing,
            @Option(names = "--all", description = "All open ones.") boolean all, @Mixin Why why) {
        var desk = ops().desk();
        try (var letters = new DeadLetters(desk)) {
            return ops().say(letters.park(chosen(letters, places, topic, containing, all), why.said(desk.settings())));
        }
    }

    private static List<Place> chosen(DeadLetters letters, @Nullable List<String> places, @Nullable String topic,
            @Nullable String containing, boolean all) {
        var named = places == null ? List.<String>of() : places;
        if (!named.isEmpty()) {
            if (topic != null || containing != null || all) {
                throw Told.usage("Name some, or choose with --topic, --containing or --all; not both.");
            }
            return named.stream().map(DeadLettersCommand::place).toList();
        }
        if (topic == null && containing == null && !all) {
            throw Told.usage(
                    "Name some as list does (hms.webhooks.processor.dlt@5), or choose with --topic, --containing or --all.");
        }
        return letters.open(topic, containing);
    }

    static Place place(String text) {
        var read = PLACE.matcher(text);
        if (!read.matches()) {
            throw Told.usage("'%s' is no place; write it as list does: hms.webhooks.processor.dlt@5.".formatted(text));
        }
        var partition = read.group("partition");
        return new Place(read.group("topic"), partition == null ? 0 : Integer.parseInt(partition),
                Long.parseLong(read.group("offset")));
    }
}
