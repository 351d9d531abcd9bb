package app.kulti.recording.processor.postgres;

import app.kulti.recording.processor.advance.AppliedEvents;
import app.kulti.recording.processor.advance.RecordingStore;
import app.kulti.recording.processor.figures.LooksAtAll;
import app.kulti.recording.processor.ops.DatabaseLogin;
import app.kulti.recording.processor.reconcile.DueWork;
import app.kulti.recording.processor.retention.Ages;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.r2dbc.autoconfigure.ConnectionFactoryOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/** What is stored. */
@Configuration(proxyBeanMethods = false)
public class PostgresConfiguration {
    /** Read before anything is made of them, so that it is us who say what is missing. */
    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(DatabaseSettings.class)
    static class Settings {}

    @Bean
    ConnectionFactoryOptionsBuilderCustomizer arraysAreBinary() {
        return options -> options.option(PostgresqlConnectionFactoryProvider.EXTENSIONS, List.of(new BinaryArrays()));
    }

    @Bean
    RecordingStore recordings(DatabaseClient database, TransactionalOperator transaction, InstantSource clock) {
        return new PostgresRecordings(database, transaction, clock);
    }

    @Bean
    AppliedEvents appliedEvents(DatabaseClient database) {
        return new PostgresAppliedEvents(database);
    }

    /** Which faults of the database pass by themselves, so that what met them only has to wait. */
    @Bean
    Predicate<Throwable> passingFaults() {
        return PostgresFaults.passing();
    }

    @Bean
    Ages ages(DatabaseClient database) {
        return new PostgresAges(database);
    }

    @Bean
    LooksAtAll looksAtAll(DatabaseClient database) {
        return new PostgresStanding(database);
    }

    @Bean
    DatabaseLogin databaseLogin(DatabaseClient database) {
        return new PostgresLogin(database);
    }

    @Bean
    DueWork dueWork(DatabaseClient database, TransactionalOperator transaction) {
        return new PostgresDueWork(database, transaction);
    }
}
