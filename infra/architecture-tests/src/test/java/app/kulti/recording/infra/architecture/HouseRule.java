package app.kulti.recording.infra.architecture;

import static app.kulti.recording.infra.architecture.Reach.clockOrChance;
import static app.kulti.recording.infra.architecture.Reach.nullMarked;
import static app.kulti.recording.infra.architecture.Reach.onlyIn;
import static app.kulti.recording.infra.architecture.Reach.sleep;
import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import app.kulti.recording.events.KnowsAFramework;
import app.kulti.recording.gateway.AsksAWebService;
import app.kulti.recording.gateway.CallsTheProcessor;
import app.kulti.recording.gateway.WantsItsFieldSet;
import app.kulti.recording.gateway.live.PrintsToTheConsole;
import app.kulti.recording.gateway.live.ReadsKafka;
import app.kulti.recording.gateway.postgres.OpenToAll;
import app.kulti.recording.gateway.query.ReadsRows;
import app.kulti.recording.ingest.IntakeImpl;
import app.kulti.recording.ingest.KafkaHelper;
import app.kulti.recording.ingest.TextUtils;
import app.kulti.recording.ingest.WebhookManager;
import app.kulti.recording.ingest.intake.LogsTheOldWay;
import app.kulti.recording.mirror.kafka.StoresObjects;
import app.kulti.recording.mirror.mirroring.plan.DrawsLots;
import app.kulti.recording.mirror.mirroring.plan.ReadsTheBucket;
import app.kulti.recording.processor.reconcile.DozesOff;
import app.kulti.recording.processor.recording.AsksTheClock;
import app.kulti.recording.processor.recording.MakesIds;
import app.kulti.recording.processor.translation.KnowsSpring;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** A rule with the classes that break it: one cannot be written down without the other. */
// ArchUnit's rules and unmodifiable lists do not change, but their types do not say so.
@SuppressWarnings("ImmutableEnumChecker")
enum HouseRule {

    SERVICES_DO_NOT_DEPEND_ON_EACH_OTHER(slices().matching("app.kulti.recording.(*)..").should().notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAnyPackage(Reach.EVENTS, Reach.INFRA))
            .because("they talk through topics; what they share is common-events and the infra libraries"),
            CallsTheProcessor.class),

    EVENTS_KNOW_NO_FRAMEWORK(classes().that().resideInAPackage(Reach.EVENTS)
            .should().onlyDependOnClassesThat().resideInAnyPackage(Reach.EVENTS, "java..", "tools.jackson..",
                    "com.fasterxml.jackson.annotation..", "io.cloudevents..", "com.fasterxml.uuid..", "org.jspecify..")
            .because("common-events is what travels, and nothing else"),
            KnowsAFramework.class),

    DECISIONS_ARE_PURE(classes().that().resideInAnyPackage(Reach.PURE).and().resideOutsideOfPackage(Reach.TRANSLATION)
            .should().onlyDependOnClassesThat(resideInAnyPackage(Reach.PURE)
                    .or(resideInAnyPackage(Reach.EVENTS, "java..", "org.jspecify..")))
            .because("deciding is kept apart from doing"),
            ReadsTheBucket.class),

    /** Pure as well, but what it translates is JSON. */
    TRANSLATION_KNOWS_JSON_AND_NOTHING_ELSE(classes().that().resideInAPackage(Reach.TRANSLATION)
            .should().onlyDependOnClassesThat(resideInAnyPackage(Reach.PURE)
                    .or(resideInAnyPackage(Reach.EVENTS, "java..", "org.jspecify..", "tools.jackson..")))
            .because("100ms's bodies are read there, and only there"),
            KnowsSpring.class),

    TIME_AND_CHANCE_COME_IN_AS_ARGUMENTS(noClasses().that().resideInAnyPackage(Reach.PURE)
            .should().accessTargetWhere(clockOrChance())
            .because("the same arguments give the same decision, in a replay and in a test"),
            AsksTheClock.class, MakesIds.class, DrawsLots.class),

    NAMES_SAY_WHAT_A_CLASS_DOES(noClasses().should().haveNameMatching(".*(Impl|Utils?|Helper|Manager)")
            .because("such a name says nothing about the class"),
            IntakeImpl.class, TextUtils.class, KafkaHelper.class, WebhookManager.class),

    ONLY_POSTGRES_TOUCHES_THE_DATABASE(onlyIn("..postgres..").mayDependOn("io.r2dbc..", "org.springframework.r2dbc..",
            "org.springframework.transaction..", "java.sql..", "org.postgresql.."),
            ReadsRows.class),

    ONLY_KAFKA_TOUCHES_KAFKA(onlyIn("..kafka..").mayDependOn("org.apache.kafka..", "org.springframework.kafka.."),
            ReadsKafka.class),

    ONLY_S3_TOUCHES_THE_AWS_SDK(onlyIn("..s3..").mayDependOn("software.amazon.awssdk.."),
            StoresObjects.class),

    /** Reading a source is the mirror's trade, as calling 100ms is the processor's; the gateway tries its own links. */
    ONLY_HMS_THE_SOURCE_AND_LINKS_CALL_OVER_HTTP(onlyIn("..hms..", "..mirror.source..", "..gateway.s3..").mayDependOn(
            "org.springframework.web.reactive.function.client..", "org.springframework.web.client..",
            "reactor.netty.http.client..", "java.net.http.."),
            AsksAWebService.class),

    ADAPTERS_ARE_PACKAGE_PRIVATE(classes().that().resideInAnyPackage(Reach.TECHNOLOGIES)
            .and().areTopLevelClasses().and().haveSimpleNameNotEndingWith("Configuration")
            .and().doNotHaveSimpleName("package-info")
            .should().bePackagePrivate()
            .because("an adapter is reached through its port, which a …Configuration hands out"),
            OpenToAll.class),

    NOTHING_IS_INJECTED_INTO_FIELDS(NO_CLASSES_SHOULD_USE_FIELD_INJECTION, WantsItsFieldSet.class),

    EVERY_PACKAGE_IS_NULL_MARKED(classes().should(nullMarked()), CallsTheProcessor.class),

    SERVICES_DO_NOT_SLEEP(noClasses().that().resideInAnyPackage(Reach.LONG_RUNNING).should().accessTargetWhere(sleep())
            .because("a wait has a limit, and an end that is noticed at once"),
            DozesOff.class),

    SERVICES_DO_NOT_PRINT(noClasses().that().resideInAnyPackage(Reach.LONG_RUNNING).should(ACCESS_STANDARD_STREAMS)
            .because("what is not logged is not found"),
            PrintsToTheConsole.class),

    SERVICES_LOG_THROUGH_SLF4J(noClasses().that().resideInAnyPackage(Reach.LONG_RUNNING)
            .should().dependOnClassesThat().resideInAPackage("java.util.logging..")
            .because("one logger, one form"),
            LogsTheOldWay.class);

    private final ArchRule rule;
    private final List<Class<?>> wrongExamples;

    HouseRule(ArchRule rule, Class<?>... wrongExamples) {
        this.rule = rule;
        this.wrongExamples = List.of(wrongExamples);
    }

    ArchRule rule() {
        return rule;
    }

    List<Class<?>> wrongExamples() {
        return wrongExamples;
    }
}
