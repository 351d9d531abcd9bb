package app.kulti.recording.gateway.failure;

import app.kulti.recording.gateway.Gateway;
import app.kulti.recording.gateway.failure.Hostile.Victim;
import java.util.List;
import java.util.stream.Stream;

/** Wrong in how they ask. */
final class HostileHeaders {
    private static final String LIST = "/api/recordings/list";
    private static final String START = "/api/hms/start-recording";

    private HostileHeaders() {}

    static List<Hostile> methodsAndContentTypes(Victim victim) {
        var one = "/api/recordings/" + victim.recording();
        return List.of(
                victim.get("a start by GET", 405, START),
                victim.start("a start by PUT", 405, victim.startBody()).method("PUT"),
                victim.start("a start by DELETE", 405, victim.startBody()).method("DELETE"),
                victim.start("a start by GET, called POST", 405, victim.startBody()).method("GET")
                        .header("X-HTTP-Method-Override", "POST"),
                victim.get("a list by POST", 405, LIST).method("POST"),
                victim.get("a list by DELETE", 400, LIST).method("DELETE"),
                victim.get("PATCH", 405, one).method("PATCH"),
                victim.get("PUT", 405, one).method("PUT"),
                victim.get("a read, called DELETE by a parameter", 200, one + "?_method=DELETE"),
                victim.get("a read, called DELETE by a header", 200, one).header("X-HTTP-Method-Override", "DELETE"),
                victim.get("TRACE", 405, one).method("TRACE"),
                victim.get("a method that there is not", 405, one).method("BREW"),
                victim.get("a method in lower case", 405, one).method("delete"),
                victim.start("no content type", 415, victim.startBody()).header("Content-Type", null),
                victim.start("text", 415, victim.startBody()).header("Content-Type", "text/plain"),
                victim.start("a form", 415, "sessionId=" + victim.session())
                        .header("Content-Type", "application/x-www-form-urlencoded"),
                victim.start("a form in parts", 415, victim.startBody())
                        .header("Content-Type", "multipart/form-data; boundary=x"),
                victim.start("XML", 415, "<start/>").header("Content-Type", "application/xml"),
                victim.start("almost JSON", 415, victim.startBody()).header("Content-Type", "application/jsonp"),
                victim.start("anything", 415, victim.startBody()).header("Content-Type", "*/*"),
                victim.start("a content type that is none", 415, victim.startBody()).header("Content-Type", "json"),
                victim.start("two content types", 415, victim.startBody())
                        .header("Content-Type", "text/plain, application/json"),
                victim.get("a page, please", 406, LIST).header("Accept", "text/html"),
                victim.get("anything but JSON", 406, LIST).header("Accept", "image/*"),
                victim.get("an Accept that is none", 406, LIST).header("Accept", "///"),
                victim.get("an Accept of a thousand types", 406, LIST).header("Accept", "a/b,".repeat(1_000) + "c/d"));
    }

    static List<Hostile> injections(Victim victim) {
        var playback = "/playback?download=1";
        var titles = Stream.of("a\r\nSet-Cookie: evil=1", "a\"; filename=\"evil.exe", "../../etc/passwd",
                "C:\\windows\\evil.exe", "a%0d%0aX-Evil: 1", "<script>alert(1)</script>", "\u202Egpj.exe",
                "a\u0001\u007Fb",
                "CON", "'; DROP TABLE recordings; --", "\uD83D\uDE00", "${jndi:ldap://x/a}",
                "; filename*=UTF-8''evil.exe", "a".repeat(5_000));
        var byTitle = titles.map(title -> {
            var session = Gateway.app().session(title, victim.user());
            var recording = Gateway.app().mirrored(session);
            var shown = title.replaceAll("[^ -~]", "?");
            return victim.get("the title " + shown.substring(0, Math.min(30, shown.length())), 302,
                    "/api/recordings/" + recording + playback);
        });
        var byHeader = Stream.of(
                victim.own("a header in the query", 400, "/playback?download=1%0d%0aX-Evil:%201"),
                victim.own("a header on the next line", 200, "").header("X-A", "1\r\nX-Evil: 1"),
                victim.own("a header that goes on", 200, "").header("X-A", "1\r\n continued"),
                victim.own("a header without a name", 400, "").header("", "1"),
                victim.own("a header name with a blank", 400, "").header("X Evil", "1"),
                victim.own("a header with a NUL", 400, "").header("X-A", "1\0"),
                victim.own("a bare line feed", 400, "").header("X-A", "1\nX-Evil: 1"),
                victim.own("a bare carriage return", 400, "").header("X-A", "1\rX-Evil: 1"),
                victim.get("another request inside", 400, "/api/recordings/list HTTP/1.1\r\nX-A: 1\r\nGET /"),
                victim.own("a host that is none", 200, "").header("Host", "a b"),
                victim.own("another's host", 200, "").header("Host", "evil.test"),
                victim.own("a forwarded host", 200, "").header("X-Forwarded-Host", "evil.test")
                        .header("X-Forwarded-Proto", "javascript"),
                victim.own("a traceparent that is none", 200, "").header("traceparent", "00-zz-\"'<>-01"));
        return Stream.concat(byTitle, byHeader).toList();
    }

    static List<Hostile> idempotencyKeys(Victim victim) {
        var two = victim.start("two of them", 400, victim.startBody()).header("Idempotency-Key",
                "one\r\nIdempotency-Key: two");
        var keys = Stream.of("", " ", "two words", "a\u0001b", "\u007F", "caf\u00E9", "\u00FF\u00FE", "k".repeat(201),
                "k".repeat(5_000), "a\0b", "\u0085", "\u00A0", "a\tb");
        return Stream.concat(Stream.of(two), keys.map(key -> {
            var shown = key.isEmpty() ? "empty" : key.replaceAll("[^!-~]", "?");
            return victim.start(shown.substring(0, Math.min(30, shown.length())), 400, victim.startBody())
                    .header("Idempotency-Key", key);
        })).toList();
    }
}
