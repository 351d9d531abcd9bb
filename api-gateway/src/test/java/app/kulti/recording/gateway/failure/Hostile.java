package app.kulti.recording.gateway.failure;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request that means harm, or is merely wrong.
 *
 * @param name   what is wrong with it
 * @param body   each character one byte
 * @param status what the API says to it
 */
record Hostile(String name, String method, String target, Map<String, String> headers, String body, int status) {
    /** What all of them are about: a caller who may do everything there, so that what slips through does something. */
    record Victim(UUID user, String token, UUID session, String room, UUID recording) {
        Hostile get(String name, int status, String target) {
            return new Hostile(name, "GET", target, Map.of("Authorization", "Bearer " + token), "", status);
        }

        /** To a path below that of the recording. */
        Hostile own(String name, int status, String below) {
            return get(name, status, "/api/recordings/" + recording + below);
        }

        Hostile post(String name, int status, String target, String body) {
            return post(name, status, target, body.getBytes(StandardCharsets.UTF_8));
        }

        Hostile post(String name, int status, String target, byte[] body) {
            return get(name, status, target).method("POST").header("Content-Type", "application/json")
                    .body(new String(body, StandardCharsets.ISO_8859_1));
        }

        /** A start of the session, were it not for its body. */
        Hostile start(String name, int status, String body) {
            return post(name, status, "/api/hms/start-recording", body);
        }

        /** A body that starts. */
        String startBody() {
            return "{\"sessionId\": \"%s\", \"roomId\": \"%s\"}".formatted(session, room);
        }
    }

    Hostile called(String other) {
        return new Hostile(other, method, target, headers, body, status);
    }

    Hostile method(String other) {
        return new Hostile(name, other, target, headers, body, status);
    }

    Hostile body(String other) {
        return new Hostile(name, method, target, headers, other, status);
    }

    /** In the place of one of that name; none at all when {@code value} is null. The value may hold line breaks. */
    Hostile header(String header, @Nullable String value) {
        var changed = new LinkedHashMap<>(headers);
        if (value == null) {
            changed.remove(header);
        } else {
            changed.put(header, value);
        }
        return new Hostile(name, method, target, changed, body, status);
    }

    Hostile token(String token) {
        return header("Authorization", "Bearer " + token);
    }

    /** As it goes over the wire. */
    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        write(bytes, method + " " + target + " HTTP/1.1\r\n");
        if (!headers.containsKey("Host")) {
            write(bytes, "Host: api.kulti.test\r\n");
        }
        headers.forEach((header, value) -> write(bytes, header + ": " + value + "\r\n"));
        if (!body.isEmpty() && !headers.containsKey("Transfer-Encoding") && !headers.containsKey("Content-Length")) {
            write(bytes, "Content-Length: " + body.length() + "\r\n");
        }
        write(bytes, "\r\n");
        write(bytes, body);
        return bytes.toByteArray();
    }

    /** Each character one byte. */
    private static void write(ByteArrayOutputStream bytes, String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Without the query. */
    String path() {
        return target.split("[?#]", 2)[0];
    }

    @Override
    public String toString() {
        return name;
    }
}
