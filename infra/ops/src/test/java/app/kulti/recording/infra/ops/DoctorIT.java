package app.kulti.recording.infra.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.local.testing.RealPostgres;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One thing that is wrong is one line, with what is to be done about it; everything else is said to be well. */
class DoctorIT {
    private static final String NOBODY = "127.0.0.1:1";

    private final RunningServers servers = RunningServers.shared();

    @BeforeEach
    void allIsWell() {
        servers.allIsWell();
    }

    @Test
    void allIsWellAndSaidToBe() {
        servers.service(ServiceName.GATEWAY).says("/actuator/health/readiness", 200, """
                {"status":"UP","components":{"r2dbc":{"status":"UP"},"kafka":{"status":"UP"}}}""");
        var ada = servers.desk("ada");

        assertThat(ada.run("doctor")).as("%s", ada).isZero();

        assertThat(ada.out.toString().lines()).allMatch(line -> line.startsWith("ok     "));
        assertThat(ada.out.toString()).contains("ok     Kafka answers, 1 broker", "ok     topic hms.webhooks",
                "ok     PostgreSQL: the operators' login only reads", "ok     PostgreSQL: the migrations are applied",
                "ok     the clock agrees with that of PostgreSQL", "ok     the clock agrees with that of 100ms",
                "ok     100ms answers and takes the operators' credentials",
                "ok     gateway: is ready with its kafka, r2dbc", "ok     gateway: its key works",
                "ok     ingest: is ready", "ok     ingest: its key works", "ok     processor: its key works",
                "ok     mirror: its key works");
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
            SPRING_KAFKA_BOOTSTRAP_SERVERS | 127.0.0.1:1 | Kafka: Kafka at 127.0.0.1:1 does not answer | is SPRING_KAFKA_BOOTSTRAP_SERVERS right?
            SPRING_DATASOURCE_URL | jdbc:postgresql://127.0.0.1:1/postgres | PostgreSQL: PostgreSQL does not answer | is SPRING_DATASOURCE_URL right?
            SPRING_DATASOURCE_PASSWORD | wrong | PostgreSQL: PostgreSQL does not let kulti_ops in | mend SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD
            SPRING_DATASOURCE_PASSWORD | '' | PostgreSQL: SPRING_DATASOURCE_PASSWORD is not set | the password of kulti_ops
            KULTI_HMS_BASEURL | http://127.0.0.1:1/v2 | 100ms: 100ms does not answer at http://127.0.0.1:1/v2 | Is KULTI_HMS_BASEURL right?
            KULTI_HMS_ACCESSKEY | '' | 100ms: KULTI_HMS_ACCESSKEY is not set | 100ms dashboard
            """)
    void aSettingThatIsWrongIsNamed(String setting, String value, String words, String mend) {
        isWrong(servers.desk("ada", Map.of(setting, value)), words, mend);
    }

    @ParameterizedTest
    @EnumSource(value = ServiceName.class, names = {"GATEWAY", "INGEST", "PROCESSOR", "MIRROR"})
    void aServiceThatDoesNotAnswer(ServiceName service) {
        var setting = "KULTI_OPS_" + service;
        isWrong(servers.desk("ada", Map.of(setting, "http://" + NOBODY)),
                service.wireName() + ": is ready: The " + service.wireName() + " does not answer at http://" + NOBODY,
                "is " + setting + " right?");
    }

    @Test
    void aServiceThatIsNotReadySaysWhatItMisses() {
        servers.service(ServiceName.GATEWAY).says("/actuator/health/readiness", 503, """
                {"status":"DOWN","components":{"r2dbc":{"status":"DOWN"},"kafka":{"status":"UP"},"tail":{"status":"DOWN"}}}
                """);
        isWrong(servers.desk("ada"), "gateway: is ready: readiness answers 503, down: r2dbc, tail",
                "look at its log and its settings");
    }

    @Test
    void aBucketThatDoesNotTakePlans() {
        servers.service(ServiceName.MIRROR).says("/ops/check", 200, """
                {"ok":false,"checks":[{"name":"the bucket recordings is there","ok":true},{"name":"the bucket takes \
                application/json","ok":false,"detail":"415: allow application/json in the bucket's settings"}]}""");
        isWrong(servers.desk("ada"), "mirror: the bucket takes application/json: 415",
                "allow application/json in the bucket's settings");
    }

    @ParameterizedTest
    @EnumSource(value = ServiceName.class, names = {"GATEWAY", "INGEST"})
    void aServiceWhoseLoginDoesNotWork(ServiceName service) {
        servers.service(service).says("/ops/check", 200,
                """
                {"ok":false,"checks":[{"name":"its links are taken","ok":true,"detail":null},\
                {"name":"its login works","ok":false,\
                "detail":"the brokers do not take it: compare SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG"}]}""");
        isWrong(servers.desk("ada"), service.wireName() + ": its login works: the brokers do not take it",
                "compare SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG");
    }

    @Test
    void aServiceWhoseClockIsWrong() {
        servers.service(ServiceName.PROCESSOR).says("/ops/check", 200, """
                {"ok":false,"checks":[{"name":"its clock agrees with that of 100ms","ok":false,\
                "detail":"it is 61 s behind: synchronise that machine's clock (chrony, NTP)"}]}""");
        isWrong(servers.desk("ada"), "processor: its clock agrees with that of 100ms: it is 61 s behind",
                "synchronise that machine's clock");
    }

    @ParameterizedTest
    @CsvSource({"404, is it this version?", "429, ask again", "504, its readiness says", "200, look at its log"})
    void aServiceThatDoesNotSayHowItsOwnAre(int status, String mend) {
        servers.service(ServiceName.MIRROR).says("/ops/check", status, "{}");
        isWrong(servers.desk("ada"), "mirror: answers for its own: /ops/check answers " + status, mend);
    }

    @Test
    void a100msThatTakesNoCredentials() {
        servers.hms.says("/v2/recordings", 401, "{\"message\":\"Token validation error\"}");
        isWrong(servers.desk("ada"),
                "100ms: 100ms does not take the operators' credentials (401 Token validation error)",
                "mend KULTI_HMS_ACCESSKEY and KULTI_HMS_APPSECRET");
    }

    @Test
    void aLoginThatCouldDoHarm() {
        var database = servers.database();
        isWrong(servers.desk("ada", Map.of("SPRING_DATASOURCE_USERNAME", database.user(), "SPRING_DATASOURCE_PASSWORD",
                database.password())), "PostgreSQL: the operators' login only reads: it can write",
                "log in as kulti_ops (SPRING_DATASOURCE_USERNAME)");
    }

    @Test
    void aDatabaseWithoutMigrations() {
        var empty = RealPostgres.shared().freshDatabase();
        isWrong(servers.desk("ada", RunningServers.in(empty)), "PostgreSQL: PostgreSQL refuses kulti_ops a question",
                "Are all migrations applied?");
    }

    @Test
    void aClockThatIsWrong() {
        var fast = TestDesk.of(servers.environment("ada"), InstantSource.offset(InstantSource.system(),
                Duration.ofMinutes(1)));

        assertThat(fast.run("doctor")).isEqualTo(Exit.DIFFERENT);
        assertThat(fast.out.toString().lines().filter(line -> line.startsWith("WRONG"))).hasSize(2).allSatisfy(
                line -> assertThat(line).contains("the clock agrees with that of").containsPattern("(59|60) s apart")
                        .contains("→ synchronise this machine's clock"));
    }

    @Test
    void aTopicThatIsNotThere() throws Exception {
        var topic = "recording.events.gateway.dlt";
        try (var admin = servers.admin()) {
            delete(admin, topic);
        }
        try {
            isWrong(servers.desk("ada"), "topic " + topic + ": is not there",
                    "kafka-topics.sh --create --topic " + topic + " --partitions 1");
        } finally {
            servers.makeMissingTopics();
        }
    }

    @Test
    void aTopicWithTooFewPartitions() throws Exception {
        var reports = Topics.REPORTS;
        try (var admin = servers.admin()) {
            remake(admin, reports.name(), 3);
            isWrong(servers.desk("ada"), "topic mirror.reports: has 3 partitions instead of 12",
                    "kafka-topics.sh --alter --topic mirror.reports --partitions 12");
        } finally {
            try (var admin = servers.admin()) {
                admin.createPartitions(Map.of(reports.name(), NewPartitions.increaseTo(reports.partitions()))).all()
                        .get(30, TimeUnit.SECONDS);
            }
        }
    }

    private static void remake(Admin admin, String topic, int partitions) throws Exception {
        delete(admin, topic);
        admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(Map.of("retention.ms",
                Long.toString(Topics.REPORTS.kept().toMillis()), "max.message.bytes",
                Integer.toString(Topics.REPORTS.maxBytes()))))).all().get(30, TimeUnit.SECONDS);
    }

    private static void delete(Admin admin, String topic) throws Exception {
        admin.deleteTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
        await().atMost(Duration.ofSeconds(30)).until(() -> !admin.listTopics().names().get().contains(topic));
    }

    @Test
    void aTopicThatForgetsTooSoon() throws Exception {
        keepCommands(Duration.ofDays(1));
        try {
            isWrong(servers.desk("ada"), "topic recording.commands: should have retention.ms=604800000",
                    "kafka-configs.sh --alter --topic recording.commands --add-config retention.ms=604800000");
        } finally {
            keepCommands(Duration.ofDays(7));
        }
    }

    private void keepCommands(Duration time) throws Exception {
        var commands = new ConfigResource(ConfigResource.Type.TOPIC, "recording.commands");
        try (var admin = servers.admin()) {
            admin.incrementalAlterConfigs(Map.of(commands, List.of(new AlterConfigOp(new ConfigEntry("retention.ms",
                    Long.toString(time.toMillis())), AlterConfigOp.OpType.SET)))).all().get(30, TimeUnit.SECONDS);
        }
    }

    private static void isWrong(TestDesk desk, String words, String mend) {
        assertThat(desk.run("doctor")).as("%s", desk).isEqualTo(Exit.DIFFERENT);
        assertThat(desk.out.toString().lines().filter(line -> !line.startsWith("ok     "))).singleElement().satisfies(
                line -> assertThat(line).startsWith("WRONG  " + words).contains(mend));
    }
}
