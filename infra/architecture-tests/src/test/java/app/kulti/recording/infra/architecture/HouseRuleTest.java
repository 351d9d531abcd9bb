package app.kulti.recording.infra.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HouseRuleTest {

    private static final Path HOUSE = Path.of(System.getProperty("basedir", "")).toAbsolutePath()
            .resolve("../..").normalize();
    private static final List<Path> MODULES = modules();
    private static final JavaClasses REAL = new ClassFileImporter()
            .importPaths(MODULES.stream().map(HouseRuleTest::classes).toList());
    private static final JavaClasses WRONG = new ClassFileImporter()
            .importClasses(Arrays.stream(HouseRule.values()).flatMap(rule -> rule.wrongExamples().stream()).toList());

    @ParameterizedTest
    @EnumSource
    void isKeptByTheWholeHouse(HouseRule house) {
        house.rule().check(REAL);
    }

    /** A rule that nobody has seen fail proves nothing. */
    @ParameterizedTest
    @EnumSource
    void isBrokenByEachOfItsWrongExamples(HouseRule house) {
        var report = house.rule().evaluate(WRONG).getFailureReport().toString();

        assertThat(house.wrongExamples()).isNotEmpty()
                .allSatisfy(wrong -> assertThat(report).contains(wrong.getName()));
    }

    @Test
    void everyModuleIsLookedAt() {
        assertThat(MODULES).map(module -> HOUSE.relativize(module).toString()).contains("common-events", "infra/db",
                "infra/local/services");
        assertThat(MODULES).allSatisfy(module -> assertThat(classes(module))
                .as("built before this test, as ./mvnw verify does, or -pl infra/architecture-tests -am").exists());
        assertThat(REAL).isNotEmpty();
    }

    /** Every folder with main code, so that a new module cannot be forgotten. */
    private static List<Path> modules() {
        try (var folders = Files.find(HOUSE, 6,
                (path, attributes) -> attributes.isDirectory() && path.endsWith(Path.of("src", "main", "java")))) {
            return folders.map(code -> code.resolve("../../..").normalize()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path classes(Path module) {
        return module.resolve("target/classes");
    }
}
