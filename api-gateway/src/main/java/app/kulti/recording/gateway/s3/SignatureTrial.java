package app.kulti.recording.gateway.s3;

import app.kulti.recording.gateway.playback.ObjectLinks;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;

/**
 * Asks the store for an object that is not there, by a link as people get it: a store that says so has found the
 * signature good. Whether the bucket is there is the mirror's to try, since Supabase tells the two alike.
 */
final class SignatureTrial {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration VALIDITY = Duration.ofMinutes(1);
    /** The rest of the document may quote what was signed. */
    private static final Pattern CODE = Pattern.compile("<Code>(\\w{1,64})</Code>");

    private final ObjectLinks links;
    private final Supplier<UUID> names;

    /**
     * Tries the links that {@code links} makes.
     *
     * @param names of objects that are not there
     */
    SignatureTrial(ObjectLinks links, Supplier<UUID> names) {
        this.links = links;
        this.names = names;
    }

    /** Why the store does not take a link, and the mend; nothing when it does. Never an error. */
    Mono<String> obstacle() {
        return Mono.fromCallable(() -> links.to(".checks/" + names.get() + ".mp4", VALIDITY, null).url().uri())
                .flatMap(this::ask)
                // Making the client reads files, the first time and with TLS.
                .subscribeOn(Schedulers.boundedElastic())
                .timeout(LIMIT)
                .onErrorResume(fault -> Mono.just(unreachable(fault)));
    }

    private Mono<String> ask(URI link) {
        return client().get().uri(link).exchangeToMono(answer -> answer.bodyToMono(String.class).defaultIfEmpty("")
                .flatMap(body -> judge(answer.statusCode().value(), body)));
    }

    /** Made when somebody asks, which is seldom: it keeps no connection, and follows no redirect. */
    private static WebClient client() {
        return WebClient.builder().clientConnector(new ReactorClientHttpConnector(HttpClient.newConnection())).build();
    }

    /** Supabase says with 400 or with 404 that there is no such object; the code is the same. */
    private static Mono<String> judge(int status, String body) {
        var found = CODE.matcher(body);
        var code = found.find() ? found.group(1) : "";
        var mend = switch (code) {
            case "NoSuchKey" -> "";
            case "NoSuchBucket" -> "make the bucket, or set KULTI_STORAGE_BUCKET to the one that is meant";
            case "AccessDenied" ->
                "let the S3 keys list the bucket (without that right some stores answer so for what is "
                        + "not there), or compare KULTI_STORAGE_ACCESSKEY and KULTI_STORAGE_SECRETKEY with the project's";
            case "RequestTimeTooSkewed", "ExpiredToken" -> "synchronise this machine's clock (chrony, NTP)";
            default -> switch (status) {
                case 400, 401, 403 -> "compare KULTI_STORAGE_ACCESSKEY, KULTI_STORAGE_SECRETKEY and "
                        + "KULTI_STORAGE_REGION with the project's";
                default -> "compare KULTI_STORAGE_ENDPOINT with the project's";
            };
        };
        return mend.isEmpty()
                ? Mono.empty()
                : Mono.just("the storage answers %s: %s".formatted((status + " " + code).strip(), mend));
    }

    /** The kind of fault alone: its message quotes the link. */
    private static String unreachable(Throwable fault) {
        return ("the storage does not answer (%s): compare KULTI_STORAGE_ENDPOINT with the project's, "
                + "and see whether it can be reached from here")
                .formatted(NestedExceptionUtils.getMostSpecificCause(fault).getClass().getSimpleName());
    }
}
