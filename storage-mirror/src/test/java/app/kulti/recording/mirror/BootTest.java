package app.kulti.recording.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.kulti.recording.mirror.mirroring.plan.PartSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.util.unit.DataSize;

class BootTest {
    private static final Map<String, String> COMPLETE = Map.of("spring.kafka.bootstrap-servers", "127.0.0.1:1",
            "kulti.storage.endpoint", "http://127.0.0.1:1/storage/v1/s3", "kulti.storage.accesskey", "s3cret-access",
            "kulti.storage.secretkey", "s3cret-key", "kulti.storage.bucket", "recordings",
            "kulti.mirror.allowedhosts", "files.example.com");

    @ParameterizedTest
    @ValueSource(strings = {"spring.kafka.bootstrap-servers", "kulti.storage.endpoint", "kulti.storage.accesskey",
            "kulti.storage.secretkey", "kulti.storage.bucket", "kulti.mirror.allowedhosts"})
    void aMissingSettingIsNamed(String name) {
        var settings = new TreeMap<>(COMPLETE);
        settings.remove(name);

        assertRefusesToStart(settings, name, variable(name));
    }

    @ParameterizedTest
    @CsvSource({"kulti.storage.endpoint,recordings.local", "kulti.storage.endpoint,ftp://host",
            "kulti.storage.endpoint,''", "kulti.storage.region,' '", "kulti.storage.secretkey,' '",
            "kulti.mirror.allowedhosts,10.0.0.1", "kulti.mirror.allowedhosts,'*.com'", "kulti.mirror.parallelism,0",
            "kulti.mirror.parallelism,65", "kulti.mirror.ranges,0", "kulti.mirror.part-size,4MB",
            "kulti.mirror.part-size,96MB", "kulti.mirror.memory,7MB", "kulti.mirror.host-parallelism,0",
            "kulti.mirror.bandwidth,1KB", "kulti.mirror.host-bandwidth,0"})
    void aMalformedSettingIsNamedAndNoSecretSaid(String name, String value) {
        var settings = new TreeMap<>(COMPLETE);
        settings.put(name, value);

        assertRefusesToStart(settings, name, variable(name));
    }

    @Test
    void aPartNeverNeedsMoreRoomThanThereIs() {
        var settings = new MirrorSettings(4, null, 4, DataSize.ofMegabytes(8), DataSize.ofMegabytes(32));

        assertThat(settings.partSizes()).isEqualTo(new PartSize(8 << 20, 32 << 20));
    }

    /** Boot's rule: dots become underscores, dashes go; but Kafka's own has been written with one for years. */
    private static String variable(String name) {
        var dashes = name.startsWith("spring") ? "_" : "";
        return name.toUpperCase(Locale.ROOT).replace("-", dashes).replace('.', '_');
    }

    private static void assertRefusesToStart(Map<String, String> settings, String... named) {
        var arguments = new ArrayList<>(List.of("--server.port=0", "--management.server.port=0",
                "--logging.level.root=off"));
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        assertThatThrownBy(() -> new SpringApplicationBuilder(MirrorApplication.class)
                .run(arguments.toArray(String[]::new)).close())
                .satisfies(fault -> assertThat(messages(fault)).contains(named).doesNotContain("s3cret"));
    }

    private static String messages(Throwable fault) {
        return Stream.iterate(fault, cause -> cause != null, Throwable::getCause).map(Throwable::toString)
                .collect(Collectors.joining("\n"));
    }
}
