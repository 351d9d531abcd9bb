package app.kulti.recording.gateway.postgres;

import app.kulti.recording.infra.observability.checking.Check;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.r2dbc.autoconfigure.ConnectionFactoryOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** What the database answers, and what it is given to keep. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PostgresSettings.class)
public class PostgresConfiguration {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);

    @Bean
    ConnectionFactoryOptionsBuilderCustomizer connections() {
        return options -> options
                .option(ConnectionFactoryOptions.CONNECT_TIMEOUT, CONNECT_LIMIT)
                .option(PostgresqlConnectionFactoryProvider.APPLICATION_NAME, "api-gateway")
                .option(PostgresqlConnectionFactoryProvider.TCP_KEEPALIVE, true)
                // Timestamps as text cost more than anything else of a row. A jsonb has to be cast to text, or read as Json.
                .option(PostgresqlConnectionFactoryProvider.FORCE_BINARY, true);
    }

    @Bean
    AsCaller asCaller(ConnectionFactory pool) {
        return new AsCaller(pool);
    }

    @Bean
    PostgresRecordings recordings(AsCaller database, JsonMapper json) {
        return new PostgresRecordings(database, json);
    }

    @Bean
    OwnRights ownRights(ConnectionFactory pool) {
        return new OwnRights(pool);
    }

    @Bean
    PostgresHistory history(AsCaller database) {
        return new PostgresHistory(database);
    }

    @Bean
    PostgresShares shares(AsCaller database, OwnRights own) {
        return new PostgresShares(database, own);
    }

    @Bean
    PostgresAcknowledgements acknowledgements(AsCaller database) {
        return new PostgresAcknowledgements(database);
    }

    @Bean
    PostgresDeletionRequests deletionRequests(AsCaller database) {
        return new PostgresDeletionRequests(database);
    }

    @Bean
    PostgresSessions sessions(AsCaller database) {
        return new PostgresSessions(database);
    }

    @Bean
    PostgresAudiences audiences(ConnectionFactory pool) {
        return new PostgresAudiences(pool);
    }

    @Bean
    PostgresChanges changes(AsCaller database) {
        return new PostgresChanges(database);
    }

    @Bean
    Check loginCheck(ConnectionFactory pool) {
        return Check.of("the database login works, and may call what it needs", new LoginTrial(pool).obstacle());
    }
}
