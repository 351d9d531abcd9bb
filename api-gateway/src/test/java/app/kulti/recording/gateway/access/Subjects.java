package app.kulti.recording.gateway.access;

import app.kulti.recording.gateway.App;
import app.kulti.recording.gateway.Gateway;
import app.kulti.recording.gateway.Tokens;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who asks, and for what; each subject with users, a session and a recording of its own, so that no answer depends on another. */
final class Subjects {
    private Subjects() {}

    /** A kind of caller. */
    enum Who {
        HOST, PARTICIPANT, FORMER_PARTICIPANT, STRANGER, ANONYMOUS_PARTICIPANT, ANONYMOUS_HOST,

        NO_TOKEN, EXPIRED, WRONG_KEY, ANON_KEY, SERVICE_KEY;

        boolean isSignedIn() {
            return compareTo(NO_TOKEN) < 0;
        }

        /** Of the subject's own session. */
        boolean mayWatch() {
            return this == HOST || this == PARTICIPANT || this == ANONYMOUS_PARTICIPANT;
        }

        @Nullable
        String token(Subject subject) {
            return switch (this) {
                case HOST -> Tokens.of(subject.host());
                case PARTICIPANT -> Tokens.of(subject.participant());
                case FORMER_PARTICIPANT -> Tokens.of(subject.former());
                case STRANGER -> Tokens.of(UUID.randomUUID());
                case ANONYMOUS_PARTICIPANT -> Tokens.anonymous(subject.participant());
                case ANONYMOUS_HOST -> Tokens.anonymous(subject.host());
                case NO_TOKEN -> null;
                case EXPIRED -> Tokens.of(subject.host(),
                        claims -> claims.issueTime(Date.from(Instant.now().minusSeconds(7200)))
                                .expirationTime(Date.from(Instant.now().minusSeconds(3600))));
                case WRONG_KEY -> Tokens.signed(Tokens.claimsOf(subject.host()).build(), "w".repeat(40));
                case ANON_KEY -> Tokens.key("anon");
                case SERVICE_KEY -> Tokens.key("service_role");
            };
        }
    }

    /** What is there. */
    enum What {
        RECORDING, PROCESSING, COMPLETED, FAILED, DELETED, MISSING,

        ANOTHERS_RECORDING, ANOTHERS_PROCESSING, ANOTHERS_COMPLETED, ANOTHERS_FAILED, ANOTHERS_DELETED;

        /** Of a session that neither the host nor the participants of the subject have anything to do with. */
        boolean isAnothers() {
            return compareTo(ANOTHERS_RECORDING) >= 0;
        }

        /** A row, whoever may see it. */
        boolean exists() {
            return this != MISSING && !isDeleted();
        }

        boolean isDeleted() {
            return this == DELETED || this == ANOTHERS_DELETED;
        }

        boolean isCompleted() {
            return this == COMPLETED || this == ANOTHERS_COMPLETED;
        }

        private String status() {
            return isDeleted() ? "completed" : name().replace("ANOTHERS_", "").toLowerCase(Locale.ROOT);
        }
    }

    /** The people, and the session and the recording in question. */
    record Subject(What what, UUID host, UUID participant, UUID former, UUID session, UUID recording) {
        static Subject of(What what) {
            return new Subject(what, UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(),
                    UUID.randomUUID());
        }

        /** What the API calls what it asks for. */
        Map<String, String> values() {
            return Map.of("id", recording.toString(), "sessionId", session.toString(), "roomId", App.roomOf(session),
                    "shareId", recording.toString(), "requestId", recording.toString(), "token", token());
        }

        /** Of a share link; as many characters as every token has. */
        String token() {
            return (recording + "-0123456").substring(0, 43);
        }
    }

    /** All at once. */
    static void seed(Collection<Subject> subjects) {
        var there = subjects.stream().filter(subject -> subject.what() != What.MISSING).toList();
        var host = array(there, subject -> subject.what().isAnothers() ? UUID.randomUUID() : subject.host());
        var participant = array(there,
                subject -> subject.what().isAnothers() ? UUID.randomUUID() : subject.participant());
        var session = array(there, Subject::session);
        var recording = array(there, Subject::recording);
        var app = Gateway.app();
        app.update("INSERT INTO public.sessions (id, title, host_id, hms_room_id, status)"
                + " SELECT s, 'Matrix', h, 'room-' || s, 'live' FROM unnest(?::uuid[], ?::uuid[]) AS t (s, h)",
                session, host);
        app.update("INSERT INTO public.session_participants (session_id, user_id)"
                + " SELECT * FROM unnest(?::uuid[], ?::uuid[])", session, participant);
        var former = array(there, Subject::former);
        app.update("INSERT INTO public.session_participants (session_id, user_id)"
                + " SELECT * FROM unnest(?::uuid[], ?::uuid[])", session, former);
        app.update("DELETE FROM public.session_participants WHERE user_id = ANY (?::uuid[])", former);
        app.update("INSERT INTO public.recordings (id, session_id, hms_recording_id, status, metadata, recording_url)"
                + " SELECT r, s, 'hms-' || r, st,"
                + " CASE WHEN st = 'completed' THEN '{\"storage\": \"supabase\", \"size\": 4096}'::jsonb ELSE '{}' END,"
                + " CASE WHEN st = 'completed' THEN s || '/' || r || '.mp4' END"
                + " FROM unnest(?::uuid[], ?::uuid[], ?::text[]) AS t (r, s, st)", recording, session,
                array(there, subject -> subject.what().status()));
        app.update("INSERT INTO kulti_recording.share_links (id, recording_id, session_id, created_by, token_hash,"
                + " expires_at) SELECT r, r, s, h, sha256(convert_to(t, 'UTF8')), now() + interval '1 day'"
                + " FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[]) AS l (r, s, h, t)", recording, session,
                host,
                array(there, Subject::token));
        app.update("INSERT INTO kulti_recording.deletion_requests (id, recording_id, session_id, host_id, requester)"
                + " SELECT * FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[])", recording, recording,
                session, host, participant);
        app.update("DELETE FROM public.recordings WHERE id = ANY (?::uuid[])",
                array(there.stream().filter(subject -> subject.what().isDeleted()).toList(), Subject::recording));
    }

    private static String array(Collection<Subject> subjects, Function<Subject, Object> value) {
        return subjects.stream().map(value).map(Object::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
