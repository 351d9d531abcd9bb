package app.kulti.recording.infra.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.infra.local.LocalProcess;
import app.kulti.recording.infra.local.run.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A developer's machine holds all of it, and a node of production many copies. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "resident sizes are read from /proc")
class FootprintIT {
    private static final long MIB = 1024 * 1024;

    @Test
    void eachServiceAndTheWholeStayWithinTheirBounds() throws Exception {
        var system = RunningSystem.shared();
        Stage.live(system, "Footprint").film();

        var total = 0L;
        for (var service : Service.values()) {
            var resident = resident(system.process(service));
            assertThat(resident / MIB).as(service.module()).isLessThan(300);
            total += resident;
        }
        for (var process : new LocalProcess[]{system.kafka().process(), system.postgres().process(),
                system.s3().process(), system.hmsProcess()}) {
            total += resident(process);
        }
        assertThat(total / MIB).as("all of it").isLessThan(2560);
    }

    /** Of the process and all its descendants. What PostgreSQL's share is counted once each, so this is an upper bound. */
    private static long resident(LocalProcess process) throws IOException {
        var handle = ProcessHandle.of(process.pid()).orElseThrow();
        var bytes = 0L;
        for (var one : Stream.concat(Stream.of(handle), handle.descendants()).toList()) {
            for (var line : Files.readAllLines(Path.of("/proc", Long.toString(one.pid()), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    bytes += Long.parseLong(line.replaceAll("\\D+", "")) * 1024;
                }
            }
        }
        return bytes;
    }
}
