package app.kulti.recording.mirror.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where films may be read from. A host ({@code files.example.com}), or all below one ({@code *.example.com}), is read
 * over https on port 443 and must have a public address. A whole origin ({@code http://localhost:8090}, {@code
 * https://files.internal:8443}) is taken at its word: that one scheme, host and port, whatever its address.
 */
final class AllowedHosts {
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final List<Entry> entries;

    private AllowedHosts(List<Entry> entries) {
        this.entries = entries;
    }

    /** Reads the entries; an {@link IllegalArgumentException} says which of them is none. */
    static AllowedHosts of(List<String> entries) {
        return new AllowedHosts(entries.stream().map(String::strip).map(Entry::of).toList());
    }

    /** What is wrong with the entries, if anything. */
    static Optional<String> complaint(List<String> entries) {
        try {
            of(entries);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    /**
     * Why a URL must not be read; empty when it may, if its address is fine, too. The text holds nothing of the URL but
     * its host.
     */
    Optional<String> objection(URI url) {
        var host = url.getHost();
        if (host == null || url.getScheme() == null) {
            return Optional.of("the URL has no host");
        }
        if (url.getUserInfo() != null || url.getRawAuthority().contains("@")) {
            return Optional.of("the URL carries credentials");
        }
        var scheme = url.getScheme().toLowerCase(Locale.ROOT);
        var port = portOf(scheme, url.getPort());
        var name = canonical(host);
        return entries.stream().anyMatch(entry -> entry.admits(scheme, name, port))
                ? Optional.empty()
                : Optional.of("%s://%s:%d is not among the allowed hosts".formatted(scheme, name, port));
    }

    /** Whether this host and port was named as a whole origin, so that it may have any address. */
    boolean mayBePrivate(String host, int port) {
        var name = canonical(host);
        return entries.stream().anyMatch(entry -> entry.wholeOrigin() && entry.host().equals(name)
                && entry.port() == port);
    }

    private static int portOf(String scheme, int port) {
        if (port >= 0) {
            return port;
        }
        return scheme.equals("http") ? HTTP_PORT : HTTPS_PORT;
    }

    private static String canonical(String host) {
        var name = host.toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private record Entry(String scheme, String host, int port, boolean below, boolean wholeOrigin) {
        static Entry of(String text) {
            if (text.contains("://")) {
                return origin(text);
            }
            var below = text.startsWith("*.");
            var host = canonical(below ? text.substring(2) : text);
            // Nothing but a name: an address, a port or a path would be a mistake, and a lone top-level domain an open
            // door.
            if (!host.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+") || host.matches("[0-9.]+")) {
                throw new IllegalArgumentException(
                        "'%s' is neither a host (files.example.com, *.example.com) nor an origin (https://host:port)"
                                .formatted(text));
            }
            return new Entry("https", host, HTTPS_PORT, below, false);
        }

        private static Entry origin(String text) {
            try {
                var uri = new URI(text).parseServerAuthority();
                var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
                if (uri.getHost() == null || uri.getUserInfo() != null || !uri.getPath().replace("/", "").isEmpty()
                        || !(scheme.equals("http") || scheme.equals("https"))) {
                    throw new IllegalArgumentException("'%s' is no origin such as https://host:port".formatted(text));
                }
                return new Entry(scheme, canonical(uri.getHost()), portOf(scheme, uri.getPort()), false, true);
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException("'%s' is no origin: %s".formatted(text, e.getReason()), e);
            }
        }

        boolean admits(String theirScheme, String theirHost, int theirPort) {
            return scheme.equals(theirScheme) && port == theirPort
                    && (below ? theirHost.endsWith("." + host) : theirHost.equals(host));
        }
    }
}
