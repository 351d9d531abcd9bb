package app.kulti.recording.gateway.failure;

import app.kulti.recording.gateway.failure.Hostile.Victim;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/** Wrong in what they bring along. */
final class HostileBodies {
    private static final String START = "/api/hms/start-recording";

    private HostileBodies() {}

    static List<Hostile> shapes(Victim victim) {
        var session = victim.session();
        var room = victim.room();
        return List.of(
                victim.start("nothing", 400, ""),
                victim.start("blanks", 400, "   "),
                victim.start("half an object", 400, "{"),
                victim.start("no JSON", 400, "not json"),
                victim.start("null", 400, "null"),
                victim.start("a list", 400, "[%s]".formatted(victim.startBody())),
                victim.start("a number", 400, "7"),
                victim.start("a text", 400, "\"text\""),
                victim.start("an empty object", 400, "{}"),
                victim.start("two objects", 400, victim.startBody() + victim.startBody()),
                victim.start("a comma too many", 400,
                        "{\"sessionId\": \"%s\", \"roomId\": \"%s\",}".formatted(session, room)),
                victim.start("single quotes", 400, victim.startBody().replace('"', '\'')),
                victim.start("a comment", 400, "/* */" + victim.startBody()),
                victim.start("a session that is a number", 400,
                        "{\"sessionId\": 7, \"roomId\": \"%s\"}".formatted(room)),
                victim.start("a session that is an object", 400,
                        "{\"sessionId\": {\"value\": \"%s\"}, \"roomId\": \"%s\"}".formatted(session, room)),
                victim.start("a session in a list", 400,
                        "{\"sessionId\": [\"%s\"], \"roomId\": \"%s\"}".formatted(session, room)),
                victim.start("a session that is null", 400,
                        "{\"sessionId\": null, \"roomId\": \"%s\"}".formatted(room)),
                victim.start("a session in base64", 400,
                        "{\"sessionId\": \"AAAAAAAAAAAAAAAAAAAAAA==\", \"roomId\": \"%s\"}".formatted(room)),
                victim.start("a session with blanks", 400,
                        "{\"sessionId\": \" %s \", \"roomId\": \"%s\"}".formatted(session, room)),
                victim.start("no room", 400, "{\"sessionId\": \"%s\"}".formatted(session)),
                victim.start("a blank room", 400,
                        "{\"sessionId\": \"%s\", \"roomId\": \"\\u2003 \"}".formatted(session)),
                victim.start("a room that is a number", 400,
                        "{\"sessionId\": \"%s\", \"roomId\": 7}".formatted(session)),
                victim.start("a room that is a boolean", 400,
                        "{\"sessionId\": \"%s\", \"roomId\": true}".formatted(session)),
                victim.start("a room in a list", 400,
                        "{\"sessionId\": \"%s\", \"roomId\": [\"%s\"]}".formatted(session, room)),
                victim.start("NaN", 400, "{\"sessionId\": NaN, \"roomId\": \"%s\"}".formatted(room)));
    }

    static List<Hostile> sizes(Victim victim) {
        var tooMuch = "{\"sessionId\": \"%s\", \"roomId\": \"%s\", \"x\": \"%s\"}".formatted(victim.session(),
                victim.room(), "x".repeat(11_000));
        var deep = "{\"sessionId\": \"%s\", \"roomId\": \"%s\", \"x\": %s%s}";
        return List.of(
                victim.start("more than 10 KB", 413, tooMuch),
                victim.start("a hundred times more", 413, tooMuch.replace("xx", "x".repeat(200))),
                victim.start("blanks without an end", 413, victim.startBody() + " ".repeat(11_000)),
                victim.post("more than 10 KB in chunks", 413, START, chunks(tooMuch, 1_000))
                        .header("Transfer-Encoding", "chunked"),
                victim.post("more than 10 KB in tiny chunks", 413, START, chunks(tooMuch, 7))
                        .header("Transfer-Encoding", "chunked"),
                victim.start("more than was announced", 400, victim.startBody()).header("Content-Length", "10"),
                victim.start("a negative length", 400, victim.startBody()).header("Content-Length", "-1"),
                victim.start("a length that is none", 400, victim.startBody()).header("Content-Length", "ten"),
                victim.start("two lengths", 400, victim.startBody()).header("Content-Length", "10, 20"),
                victim.post("a chunk whose size is none", 400, START,
                        "zz\r\n{}\r\n0\r\n\r\n".getBytes(StandardCharsets.UTF_8))
                        .header("Transfer-Encoding", "chunked"),
                victim.start("five hundred levels", 400,
                        deep.formatted(victim.session(), victim.room(), "[".repeat(600), "]".repeat(600))),
                victim.start("levels without an end", 400,
                        deep.formatted(victim.session(), victim.room(), "[".repeat(5_000), "")),
                victim.start("a number of a thousand digits and more", 400,
                        deep.formatted(UUID.randomUUID(), victim.room(), "1".repeat(1_001), "")),
                victim.start("a long room", 400,
                        "{\"sessionId\": \"%s\", \"roomId\": \"%s\"}".formatted(victim.session(), "r".repeat(201))),
                victim.start("a very long name", 413,
                        "{\"%s\": 1}".formatted("n".repeat(60_000))),
                victim.get("a long path", 400, "/api/recordings/" + "a".repeat(2_000)),
                victim.get("an endless address", 414, "/api/recordings/" + "a".repeat(9_000)),
                victim.get("an endless query", 414, "/api/recordings/list?x=" + "a".repeat(9_000)),
                victim.get("an endless header", 431, "/api/recordings/list").header("X-Long", "a".repeat(40_000)),
                victim.get("an endless token", 431, "/api/recordings/list").token("a".repeat(40_000)));
    }

    private static byte[] chunks(String text, int size) {
        var chunked = new StringBuilder();
        for (int i = 0; i < text.length(); i += size) {
            var chunk = text.substring(i, Math.min(text.length(), i + size));
            chunked.append(Integer.toHexString(chunk.length())).append("\r\n").append(chunk).append("\r\n");
        }
        return chunked.append("0\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    static List<Hostile> encodings(Victim victim) {
        var body = victim.startBody();
        var missing = body.replace(victim.session().toString(), UUID.randomUUID().toString());
        var room = "{\"sessionId\": \"" + victim.session() + "\", \"roomId\": \"%s\"}";
        return List.of(
                victim.post("half a character", 400, START, broken(room, 0xc3)),
                victim.post("a byte that is no UTF-8", 400, START, broken(room, 0xff)),
                victim.post("an overlong slash", 400, START, broken(room, 0xc0, 0xaf)),
                victim.post("a surrogate in UTF-8", 400, START, broken(room, 0xed, 0xa0, 0x80)),
                victim.post("beyond Unicode", 400, START, broken(room, 0xf5, 0x80, 0x80, 0x80)),
                victim.start("half a surrogate pair", 400, room.formatted("\\ud800")),
                victim.start("an escaped NUL", 400, room.formatted(victim.room() + "\\u0000")),
                victim.post("a plain NUL", 400, START, broken(room, 0)),
                victim.start("a plain line break in a text", 400, room.formatted("a\nb")),
                victim.start("an escape that is none", 400, room.formatted("\\x41")),
                victim.post("gzip that is not announced", 400, START, zipped(body)),
                victim.post("gzip", 415, START, zipped(body)).header("Content-Encoding", "gzip"),
                victim.post("an encoding that there is not", 415, START, body).header("Content-Encoding", "magic"),
                victim.post("UTF-16, which is JSON too", 404, START, missing.getBytes(StandardCharsets.UTF_16)),
                victim.post("Latin-1, as it says", 404, START, missing.getBytes(StandardCharsets.ISO_8859_1))
                        .header("Content-Type", "application/json;charset=iso-8859-1"),
                victim.post("a character set that there is not", 415, START, body)
                        .header("Content-Type", "application/json;charset=klingon"),
                victim.post("EBCDIC", 400, START, body.getBytes(Charset.forName("IBM037"))),
                victim.post("UTF-7", 400, START, "+AHs-+ACI-sessionId+ACI-:1+AH0-"));
    }

    private static byte[] broken(String format, int... bytes) {
        var parts = format.split("%s", 2);
        var all = new ByteArrayOutputStream();
        all.writeBytes(parts[0].getBytes(StandardCharsets.UTF_8));
        for (int b : bytes) {
            all.write(b);
        }
        all.writeBytes(parts[1].getBytes(StandardCharsets.UTF_8));
        return all.toByteArray();
    }

    private static byte[] zipped(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Those with a field too many are about a session that is not there, so that they can be told from those that are refused. */
    static List<Hostile> fields(Victim victim) {
        var session = victim.session();
        var room = victim.room();
        var missing = "{\"sessionId\": \"" + UUID.randomUUID() + "\", \"roomId\": \"r\", %s}";
        return List.of(
                victim.start("the session twice", 400,
                        "{\"sessionId\": \"%1$s\", \"sessionId\": \"%1$s\", \"roomId\": \"%2$s\"}".formatted(session,
                                room)),
                victim.start("two sessions", 400, "{\"sessionId\": \"%s\", \"sessionId\": \"%s\", \"roomId\": \"%s\"}"
                        .formatted(UUID.randomUUID(), session, room)),
                victim.start("the session, and none", 400,
                        "{\"sessionId\": \"%s\", \"sessionId\": null, \"roomId\": \"%s\"}".formatted(session, room)),
                victim.start("two rooms", 400, "{\"sessionId\": \"%s\", \"roomId\": \"x\", \"roomId\": \"%s\"}"
                        .formatted(session, room)),
                victim.start("the session twice, once escaped", 400,
                        "{\"sessionId\": \"%1$s\", \"session\\u0049d\": \"%1$s\", \"roomId\": \"%2$s\"}"
                                .formatted(session, room)),
                victim.start("an unknown field twice", 400,
                        "{\"x\": 1, \"x\": 2, \"sessionId\": \"%s\", \"roomId\": \"%s\"}"
                                .formatted(session, room)),
                victim.start("names in other case", 400,
                        "{\"SESSIONID\": \"%s\", \"ROOMID\": \"%s\"}".formatted(session, room)),
                victim.start("names as in the database", 400,
                        "{\"session_id\": \"%s\", \"room_id\": \"%s\"}".formatted(session, room)),
                victim.start("names with blanks", 400,
                        "{\"sessionId \": \"%s\", \"roomId \": \"%s\"}".formatted(session, room)),
                victim.start("an id of the caller's choice", 404,
                        missing.formatted("\"recordingId\": \"%s\"".formatted(victim.recording()))),
                victim.start("another user", 404, missing.formatted("\"by\": \"%s\"".formatted(UUID.randomUUID()))),
                victim.start("a role", 404, missing.formatted("\"role\": \"service_role\"")),
                victim.start("a type for the reader", 404,
                        missing.formatted("\"@class\": \"javax.naming.InitialContext\"")),
                victim.start("a prototype", 404, missing.formatted("\"__proto__\": {\"isHost\": true}")),
                victim.start("a deadline", 404, missing.formatted("\"deadline\": \"2999-01-01T00:00:00Z\"")),
                victim.start("a field without a name", 404, missing.formatted("\"\": 1")));
    }
}
