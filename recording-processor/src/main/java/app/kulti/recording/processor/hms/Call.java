package app.kulti.recording.processor.hms;

import app.kulti.recording.processor.advance.Hms.Reply;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * A call as 100ms documents it.
 *
 * @param path       below the base URL, with the names of variables
 * @param variables  their values, in the same order; encoded when the URL is built
 * @param body       null for none
 * @param type       what a good answer is
 * @param read       makes of it, and of the answer's headers, what was asked for
 * @param repeatable whether it may be made again when nobody knows whether it was done
 */
record Call<J, T>(HttpMethod method, String path, List<Object> variables, @Nullable Object body, Class<J> type,
        BiFunction<J, HttpHeaders, Reply<T>> read, boolean repeatable) {

    static <J, T> Call<J, T> get(Class<J> type, Function<J, Reply<T>> read, String path, Object... variables) {
        return new Call<>(HttpMethod.GET, path, Arrays.asList(variables), null, type, body(read), true);
    }

    /** Where the answer is in its headers. */
    static <J, T> Call<J, T> head(Class<J> type, Function<HttpHeaders, Reply<T>> read, String path,
            Object... variables) {
        return new Call<>(HttpMethod.GET, path, Arrays.asList(variables), null, type,
                (_, headers) -> read.apply(headers), true);
    }

    private static <J, T> BiFunction<J, HttpHeaders, Reply<T>> body(Function<J, Reply<T>> read) {
        return (json, _) -> read.apply(json);
    }

    /** A command whose second time changes nothing. 100ms wants a body, but takes nothing from it. */
    static <J, T> Call<J, T> repeatablePost(Class<J> type, Function<J, Reply<T>> read, String path,
            Object... variables) {
        return new Call<>(HttpMethod.POST, path, Arrays.asList(variables), Map.of(), type, body(read), true);
    }

    /** A command that would be done twice. */
    static <J, T> Call<J, T> post(Class<J> type, Function<J, Reply<T>> read, Object body, String path,
            Object... variables) {
        return new Call<>(HttpMethod.POST, path, Arrays.asList(variables), body, type, body(read), false);
    }
}
