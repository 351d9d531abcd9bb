package app.kulti.recording.infra.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.NullMarked;

/** The packages of the house, and what the rules ask of the code in them. */
final class Reach {

    static final String EVENTS = "app.kulti.recording.events..";
    static final String INFRA = "app.kulti.recording.infra..";

    private static final String SERVICES = "app.kulti.recording.[gateway|ingest|processor|mirror]..";

    static final String[] LONG_RUNNING = {SERVICES, "app.kulti.recording.infra.[messaging|observability]..", EVENTS};

    static final String[] TECHNOLOGIES = {
            "app.kulti.recording.[gateway|ingest|processor|mirror].[postgres|kafka|s3|hms].."};

    static final String TRANSLATION = "app.kulti.recording.processor.translation..";

    static final String[] PURE = {"app.kulti.recording.processor.[recording|translation]..",
            "app.kulti.recording.mirror.mirroring.plan.."};

    private static final Set<String> CLOCK_OR_CHANCE = Set.of("System.currentTimeMillis", "System.nanoTime",
            "Math.random", "UUID.randomUUID");

    private Reach() {}

    /** Begins a rule that keeps a library to the packages that are named after its technology. */
    static Technology onlyIn(String... packages) {
        return new Technology(List.of(packages));
    }

    record Technology(List<String> packages) {

        ArchRule mayDependOn(String... libraries) {
            return noClasses().that().resideInAPackage(SERVICES)
                    .and().resideOutsideOfPackages(packages.toArray(String[]::new))
                    .should().dependOnClassesThat().resideInAnyPackage(libraries)
                    .because("a technology has one folder, which is named after it");
        }
    }

    /** Calls, and method references as well. */
    static DescribedPredicate<JavaAccess<?>> clockOrChance() {
        return DescribedPredicate.describe("a clock or a source of chance", access -> {
            var owner = access.getTargetOwner();
            var name = access.getTarget().getName();
            if (owner.isAssignableTo(RandomGenerator.class)) {
                return true;
            }
            return owner.getPackageName().equals("java.time")
                    ? name.equals("now") || name.startsWith("system") || name.startsWith("tick")
                    : CLOCK_OR_CHANCE.contains(owner.getSimpleName() + "." + name);
        });
    }

    static DescribedPredicate<JavaAccess<?>> sleep() {
        return DescribedPredicate.describe("a sleep", access -> access.getTarget().getName().equals("sleep")
                && access.getTargetOwner().getPackageName().startsWith("java."));
    }

    static ArchCondition<JavaClass> nullMarked() {
        return new ArchCondition<>("be in a @NullMarked package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                var marked = type.getPackage().tryGetPackageInfo()
                        .map(info -> info.isAnnotatedWith(NullMarked.class)).orElse(false);
                events.add(new SimpleConditionEvent(type, marked, "The package of %s %s @NullMarked".formatted(
                        type.getName(), marked ? "is" : "is not")));
            }
        };
    }
}
