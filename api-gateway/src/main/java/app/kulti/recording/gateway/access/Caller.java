package app.kulti.recording.gateway.access;

import app.kulti.recording.events.ids.UserId;

/**
 * A signed-in user, anonymous sign-ins included. What an anonymous one may not do is decided in the database, by the claims.
 *
 * @param id     the token's {@code sub}
 * @param claims all the token's claims, as the JSON that was signed; the database's policies read them
 */
public record Caller(UserId id, String claims) {
    /** Without the claims, which hold an e-mail address. */
    @Override
    public String toString() {
        return "Caller[" + id + "]";
    }
}
