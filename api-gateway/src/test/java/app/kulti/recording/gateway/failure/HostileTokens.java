package app.kulti.recording.gateway.failure;

import app.kulti.recording.gateway.Tokens;
import app.kulti.recording.gateway.failure.Hostile.Victim;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens as Supabase would never give them: most of the claims under the right secret, none of the headers. */
final class HostileTokens {
    private static final String HS256 = "{\"alg\": \"HS256\", \"typ\": \"JWT\"}";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private HostileTokens() {}

    static List<Hostile> headers(Victim victim) {
        var claims = claims(victim, "");
        var good = signed(HS256, claims);
        var parts = good.split("\\.", -1);
        return List.of(
                with(victim, "no signature", unsigned("{\"alg\": \"none\"}", claims) + "."),
                with(victim, "no signature, shouted", unsigned("{\"alg\": \"NONE\"}", claims) + "."),
                with(victim, "no signature, but HS256", parts[0] + "." + parts[1] + "."),
                with(victim, "two parts", parts[0] + "." + parts[1]),
                with(victim, "four parts", good + ".e30"),
                with(victim, "five parts", parts[0] + ".." + parts[1] + "." + parts[2] + ".e30"),
                with(victim, "the signature of another",
                        parts[0] + "." + BASE64.encodeToString(claims(victim, "\"x\": 1,")
                                .getBytes(StandardCharsets.UTF_8)) + "." + parts[2]),
                with(victim, "another secret", signed(HS256, claims, "another secret, as long as it has to be")),
                with(victim, "an algorithm in lower case", signed("{\"alg\": \"hs256\"}", claims)),
                with(victim, "another hash", signed("{\"alg\": \"HS512\"}", claims)),
                with(victim, "the secret as a public key", signed("{\"alg\": \"RS256\"}", claims)),
                with(victim, "the secret as a curve's key", signed("{\"alg\": \"ES256\"}", claims)),
                with(victim, "no algorithm", signed("{\"typ\": \"JWT\"}", claims)),
                with(victim, "an algorithm that is a list", signed("{\"alg\": [\"HS256\"]}", claims)),
                with(victim, "a key of its own", signed(
                        "{\"alg\": \"HS256\", \"jwk\": {\"kty\": \"oct\", \"k\": \"AAAA\"}}", claims, "A".repeat(40))),
                with(victim, "keys from elsewhere", signed(
                        "{\"alg\": \"HS256\", \"jku\": \"http://127.0.0.1:1/keys\"}", claims, "A".repeat(40))),
                with(victim, "a key from a file", signed("{\"alg\": \"HS256\", \"kid\": \"../../dev/null\"}", claims,
                        "\0".repeat(32))),
                with(victim, "something critical", signed("{\"alg\": \"HS256\", \"crit\": [\"x\"], \"x\": 1}", claims)),
                with(victim, "a payload that is not encoded", signed(
                        "{\"alg\": \"HS256\", \"b64\": false, \"crit\": [\"b64\"]}", claims)),
                with(victim, "another type", signed("{\"alg\": \"HS256\", \"typ\": \"at+jwt\"}", claims)),
                with(victim, "a header that is no JSON", signed("HS256", claims)),
                with(victim, "a header that is a list", signed("[]", claims)),
                with(victim, "padding", parts[0] + "==." + parts[1] + "==." + parts[2] + "=="),
                with(victim, "a blank inside", parts[0] + ". " + parts[1] + "." + parts[2]),
                with(victim, "nothing", ""),
                with(victim, "dots", ".."),
                with(victim, "no Bearer", good).header("Authorization", good),
                with(victim, "Basic", good).header("Authorization", "Basic " + good),
                with(victim, "two tokens in one", good).header("Authorization", "Bearer " + good + ", Bearer " + good));
    }

    static List<Hostile> claims(Victim victim) {
        var now = Instant.now().getEpochSecond();
        var user = victim.user().toString();
        return List.of(
                under(victim, "no JSON", "claims"),
                under(victim, "a list", "[]"),
                under(victim, "null", "null"),
                under(victim, "nothing at all", "{}"),
                under(victim, "no user", claims(victim, "").replace("\"sub\"", "\"subject\"")),
                under(victim, "a user who is null", claims(victim, "").replace("\"" + user + "\"", "null")),
                under(victim, "a user who is a number", claims(victim, "").replace("\"" + user + "\"", "7")),
                under(victim, "two users",
                        claims(victim, "").replace("\"" + user + "\"", "[\"%1$s\"]".formatted(user))),
                under(victim, "a user in short", claims(victim, "").replace(user, "1-1-1-1-1")),
                under(victim, "a user and SQL", claims(victim, "").replace(user, user + "' OR TRUE --")),
                under(victim, "a user with a NUL", claims(victim, "").replace(user, user + "\\u0000")),
                under(victim, "expired", claims(victim, "").replaceFirst("\"exp\": \\d+", "\"exp\": " + (now - 3_600))),
                under(victim, "no end", claims(victim, "").replace("\"exp\"", "\"expires\"")),
                under(victim, "an end that is no time",
                        claims(victim, "").replaceFirst("\"exp\": \\d+", "\"exp\": \"never\"")),
                under(victim, "an end before all time",
                        claims(victim, "").replaceFirst("\"exp\": \\d+", "\"exp\": -1")),
                under(victim, "not begun", claims(victim, "\"nbf\": %d,".formatted(now + 3_600))),
                under(victim, "for somebody else",
                        claims(victim, "").replace("\"aud\": \"authenticated\"", "\"aud\": \"anon\"")),
                under(victim, "for nobody", claims(victim, "").replace("\"aud\": \"authenticated\"", "\"aud\": []")),
                under(victim, "for everybody",
                        claims(victim, "").replace("\"aud\": \"authenticated\"", "\"aud\": \"*\"")),
                under(victim, "the service's role", claims(victim, "").replace("\"role\": \"authenticated\"",
                        "\"role\": \"service_role\"")),
                under(victim, "the database's owner", claims(victim, "").replace("\"role\": \"authenticated\"",
                        "\"role\": \"postgres\"")),
                under(victim, "two roles", claims(victim, "").replace("\"role\": \"authenticated\"",
                        "\"role\": [\"authenticated\", \"service_role\"]")),
                under(victim, "no role", claims(victim, "").replace("\"role\"", "\"rule\"")),
                under(victim, "a number beyond all bounds", claims(victim, "\"x\": 1e999999,")),
                under(victim, "perhaps anonymous", claims(victim, "\"is_anonymous\": \"perhaps\",")),
                under(victim, "anonymous in a list", claims(victim, "\"is_anonymous\": [true],")),
                under(victim, "a name with a NUL", claims(victim, "\"user_metadata\": {\"name\": \"a\\u0000b\"},")),
                under(victim, "half a surrogate pair", claims(victim, "\"user_metadata\": {\"name\": \"\\ud800\"},")),
                under(victim, "a name with half a pair", claims(victim, "\"user_metadata\": {\"\\udc00\": 1},")));
    }

    private static Hostile with(Victim victim, String name, String token) {
        return victim.get(name, 401, "/api/recordings/list").token(token);
    }

    private static Hostile under(Victim victim, String name, String claims) {
        return with(victim, name, signed(HS256, claims));
    }

    private static String claims(Victim victim, String more) {
        return "{%s \"sub\": \"%s\", \"aud\": \"authenticated\", \"role\": \"authenticated\", \"exp\": %d}"
                .formatted(more, victim.user(), Instant.now().getEpochSecond() + 3_600);
    }

    private static String signed(String header, String claims) {
        return signed(header, claims, Tokens.SECRET);
    }

    private static String signed(String header, String claims, String secret) {
        var unsigned = unsigned(header, claims);
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return unsigned + "." + BASE64.encodeToString(mac.doFinal(unsigned.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String unsigned(String header, String claims) {
        return BASE64.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "."
                + BASE64.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    }
}
