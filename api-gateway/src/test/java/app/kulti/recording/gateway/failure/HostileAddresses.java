package app.kulti.recording.gateway.failure;

import app.kulti.recording.gateway.failure.Hostile.Victim;
import java.util.List;
import java.util.stream.Stream;

/** Wrong in what they ask for: ids, pages, filters. */
final class HostileAddresses {
    private HostileAddresses() {}

    static List<Hostile> ids(Victim victim) {
        var id = victim.recording().toString();
        return List.of(
                victim.get("no UUID", 400, "/api/recordings/not-a-uuid"),
                victim.get("a short UUID", 400, "/api/recordings/1-1-1-1-1"),
                victim.get("a number", 400, "/api/recordings/1"),
                victim.get("a negative number", 400, "/api/recordings/-1"),
                victim.get("null", 400, "/api/recordings/null"),
                victim.get("undefined", 400, "/api/recordings/undefined"),
                victim.get("braces", 400, "/api/recordings/%7B" + id + "%7D"),
                victim.get("one digit too many", 400, "/api/recordings/" + id + "0"),
                victim.get("one digit too few", 400, "/api/recordings/" + id.substring(1)),
                victim.get("digits of another script", 400,
                        "/api/recordings/%D9%A1" + id.substring(1)),
                victim.get("a NUL", 400, "/api/recordings/" + id + "%00"),
                victim.get("a line break", 400, "/api/recordings/" + id + "%0d%0aX-Evil:%201"),
                victim.get("a path upwards", 400, "/api/recordings/..%2f..%2fetc%2fpasswd"),
                victim.get("a path upwards, plain", 400, "/api/recordings/../../etc/passwd"),
                victim.get("SQL", 400, "/api/recordings/" + id + "'%20OR%20'1'='1"),
                victim.get("a broken escape", 400, "/api/recordings/%zz"),
                victim.get("half an escape", 400, "/api/recordings/" + id + "%"),
                victim.get("path parameters", 400, "/api/recordings/" + id + ";admin=true"),
                victim.get("two slashes", 400, "/api//recordings/" + id),
                victim.get("a slash at the end", 404, "/api/recordings/" + id + "/"),
                victim.get("another's id", 404, "/api/recordings/00000000-0000-0000-0000-000000000000"),
                victim.get("no session at all", 400, "/api/recordings/active"),
                victim.get("a session that is none", 400, "/api/recordings/active?sessionId=1-1-1-1-1"),
                victim.get("two sessions", 400,
                        "/api/recordings/active?sessionId=" + victim.session() + "&sessionId=" + victim.session()));
    }

    static List<Hostile> paging(Victim victim) {
        return Stream.of("limit=0", "limit=-1", "limit=101", "limit=2147483648", "limit=1e2", "limit=1.0", "limit=ten",
                "limit=0x10", "limit=010x", "limit=%2010", "limit=1&limit=2", "limit=1,2", "limit=%00", "limit=%D9%A1",
                "limit=NaN", "offset=-1", "offset=9223372036854775808", "offset=1e9", "offset=x", "offset=0;DROP",
                "offset=1%27--", "offset=1&offset=2", "offset=0x1F")
                .map(query -> victim.get(query, 400, "/api/recordings/list?" + query)).toList();
    }

    static List<Hostile> filters(Victim victim) {
        return Stream.of("status=done", "status=RECORDING", "status=Completed", "status=0", "status=recording,failed",
                "status=recording&status=failed", "status=completed%00", "status=completed%0a", "status=%20completed",
                "status=completed'%20OR%20TRUE--", "status[]=x&status=*", "sessionId=*", "sessionId=x",
                "sessionId=1-1-1-1-1", "sessionId=%7B%7D", "sessionId=" + victim.session() + "'",
                "sessionId=" + victim.session() + "%20", "sessionId=" + victim.session() + "&sessionId=x",
                "sessionId=null")
                .map(query -> victim.get(query, 400, "/api/recordings/list?" + query)).toList();
    }
}
