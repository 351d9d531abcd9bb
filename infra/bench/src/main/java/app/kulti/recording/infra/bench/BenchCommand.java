package app.kulti.recording.infra.bench;

import app.kulti.recording.infra.bench.ingest.IngestBenchmark;
import app.kulti.recording.infra.bench.mirror.MirrorEight;
import app.kulti.recording.infra.bench.mirror.MirrorMemory;
import app.kulti.recording.infra.bench.mirror.MirrorOne;
import app.kulti.recording.infra.bench.mirror.MirrorRefusals;
import app.kulti.recording.infra.bench.mirror.MirrorResume;
import app.kulti.recording.infra.bench.mirror.MirrorThrottled;
import app.kulti.recording.infra.bench.processor.ProcessorBenchmark;
import app.kulti.recording.infra.bench.processor.ReplayBenchmark;
import app.kulti.recording.infra.bench.start.StartLatencyBenchmark;
import app.kulti.recording.infra.local.LocalServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures; ends with 0 when every goal was met, with 1 when one was missed. */
@Command(name = "bench", description = "Measures this system beside its peers.")
final class BenchCommand implements Callable<Integer> {
    /** In the order of a recording's way. */
    private static final List<Benchmark> ALL = List.of(new StartLatencyBenchmark(), new IngestBenchmark(),
            new ProcessorBenchmark(), new ReplayBenchmark(), new MirrorOne(), new MirrorEight(), new MirrorThrottled(),
            new MirrorMemory(), new MirrorResume(), new MirrorRefusals());

    @Option(names = "--bench", description = "The one to run; without it, all.", defaultValue = "")
    private String bench = "";

    @Option(names = "--rounds", description = "How often both sides are measured.", defaultValue = "5")
    private int rounds;

    @Option(names = "--scale", description = "Part of the full size, for a quick look: 0.1", defaultValue = "1")
    private double scale;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchCommand()).setExecutionExceptionHandler(BenchCommand::explain)
                .execute(arguments));
    }

    /** What a person can mend is told in words; the rest with its trace. */
    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (!(e instanceof LocalServiceException)) {
            throw e;
        }
        command.getErr().println(e.getMessage());
        return CommandLine.ExitCode.SOFTWARE;
    }

    @Override
    public Integer call() throws Exception {
        var chosen = ALL.stream().filter(benchmark -> bench.isBlank() || benchmark.name().equals(bench)).toList();
        if (chosen.isEmpty()) {
            System.err.printf("There is no benchmark %s; there are %s.%n", bench,
                    ALL.stream().map(Benchmark::name).collect(Collectors.joining(", ")));
            return CommandLine.ExitCode.USAGE;
        }
        var figures = new ArrayList<Figure>();
        for (var benchmark : chosen) {
            System.out.println(benchmark.name());
            var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), benchmark.name() + "-");
            var its = new Bench(folder, rounds, scale, System.out);
            benchmark.run(its);
            figures.addAll(its.figures());
        }
        System.out.println();
        figures.forEach(System.out::println);
        return figures.stream().allMatch(Figure::met) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
