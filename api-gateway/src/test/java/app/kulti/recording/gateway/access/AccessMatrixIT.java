package app.kulti.recording.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import app.kulti.recording.gateway.Gateway;
import app.kulti.recording.gateway.access.Subjects.Subject;
import app.kulti.recording.gateway.access.Subjects.What;
import app.kulti.recording.gateway.access.Subjects.Who;
import app.kulti.recording.gateway.openapi.DescribedApi.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every kind of caller, at every operation that the service describes, for a recording of every status that is theirs to see or
 * somebody else's, deleted or never there.
 */
class AccessMatrixIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int AT_A_TIME = 24;

    /** One question: a cell of the matrix. */
    private record Cell(Operation operation, Who who, Subject subject) {
        @Override
        public String toString() {
            return "%s %s %s".formatted(operation.id(), who, subject.what());
        }
    }

    /** What came back. */
    private record Answer(int status, HttpHeaders headers, String body) {}

    @Test
    void everyOperationIsExpected() {
        var described = Gateway.shared().api().operations().stream().map(Operation::id)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(described).as("what the service describes, and what this matrix expects")
                .isEqualTo(new TreeSet<>(Expected.OPERATIONS.keySet()));
    }

    @TestFactory
    Stream<DynamicTest> everybodyGetsWhatIsTheirsAndNothingElse() throws Exception {
        var cells = new ArrayList<Cell>();
        for (var operation : Gateway.shared().api().operations()) {
            for (var who : Who.values()) {
                for (var what : What.values()) {
                    cells.add(new Cell(operation, who, Subject.of(what)));
                }
            }
        }
        Subjects.seed(cells.stream().map(Cell::subject).toList());
        return answers(cells).entrySet().stream().map(asked -> dynamicTest(asked.getKey().toString(),
                () -> judge(asked.getKey(), asked.getValue().call())));
    }

    private static void judge(Cell cell, Answer answer) {
        var operation = cell.operation();
        var what = cell.subject().what();
        assertThat(answer.status()).as(answer.toString()).isEqualTo(Expected.status(operation, cell.who(), what));
        Gateway.shared().api().check(operation.method(), pathOf(cell), answer.status(), answer.headers(),
                answer.body());
        assertThat(answer.headers().getFirst("Cache-Control")).contains("no-store");
        assertThat(answer.headers().getFirst("Referrer-Policy")).isEqualTo("no-referrer");
        if (answer.status() >= 400) {
            assertThat(answer.headers().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
            assertThat(answer.body()).doesNotContain("Exception", "SELECT", "kulti_recording", "Matrix");
        } else if (operation.isSecured()) {
            judgeWhatIsTold(cell, answer.body().contains(cell.subject().recording().toString()));
        }
    }

    /** Also where everybody gets an answer, such as a list, it is about what they may know of. */
    private static void judgeWhatIsTold(Cell cell, boolean isTold) {
        if (!Expected.mayKnow(cell.who(), cell.subject().what())) {
            assertThat(isTold).as("told of what is not theirs").isFalse();
        }
        var isShown = Expected.SHOWN.get(cell.operation().id());
        if (isShown != null) {
            assertThat(isTold).as("shown").isEqualTo(isShown.test(cell.who(), cell.subject().what()));
        }
    }

    /** Side by side, since one after the other they would take their time. An error is the cell's own. */
    private static Map<Cell, Callable<Answer>> answers(List<Cell> cells) throws InterruptedException {
        var answers = new LinkedHashMap<Cell, Callable<Answer>>();
        try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                var threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            var asked = threads.invokeAll(cells.stream().<Callable<Answer>>map(cell -> () -> ask(http, cell)).toList());
            for (int i = 0; i < cells.size(); i++) {
                answers.put(cells.get(i), asked.get(i)::get);
            }
        }
        return answers;
    }

    private static Answer ask(HttpClient http, Cell cell) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + Gateway.shared().port() + pathOf(cell)
                + queryOf(cell))).timeout(LIMIT).method(cell.operation().method().name(), bodyOf(cell));
        if (cell.operation().spec().has("requestBody")) {
            request.header("Content-Type", "application/json");
        }
        var token = cell.who().token(cell.subject());
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            var response = http.send(request.build(), BodyHandlers.ofInputStream());
            var headers = new HttpHeaders();
            response.headers().map().forEach(headers::addAll);
            return new Answer(response.statusCode(), headers, bodyOf(response, headers));
        } catch (IOException e) {
            throw new UncheckedIOException(cell.toString(), e);
        }
    }

    /** A stream of events has no end to be waited for. */
    private static String bodyOf(HttpResponse<InputStream> response, HttpHeaders headers) throws IOException {
        try (var body = response.body()) {
            return MediaType.TEXT_EVENT_STREAM.equalsTypeAndSubtype(headers.getContentType())
                    ? ""
                    : new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String pathOf(Cell cell) {
        var path = cell.operation().path().getPatternString();
        for (var parameter : cell.operation().spec().path("parameters")) {
            if (parameter.path("in").asString().equals("path")) {
                var name = parameter.path("name").asString();
                path = path.replace("{" + name + "}", Expected.value(cell.operation(), cell.subject(), name));
            }
        }
        return path;
    }

    private static String queryOf(Cell cell) {
        var known = cell.subject().values();
        var query = new ArrayList<String>();
        for (var parameter : cell.operation().spec().path("parameters")) {
            var name = parameter.path("name").asString();
            if (parameter.path("in").asString().equals("query")
                    && (parameter.path("required").asBoolean(false) || known.containsKey(name))) {
                query.add(name + "=" + Expected.value(cell.operation(), cell.subject(), name));
            }
        }
        return query.isEmpty() ? "" : "?" + String.join("&", query);
    }

    private static HttpRequest.BodyPublisher bodyOf(Cell cell) {
        var schema = Gateway.shared().api().requestBody(cell.operation());
        if (schema == null) {
            return BodyPublishers.noBody();
        }
        var body = new LinkedHashMap<String, String>();
        for (var name : schema.path("required")) {
            body.put(name.asString(), Expected.value(cell.operation(), cell.subject(), name.asString()));
        }
        return BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body));
    }
}
