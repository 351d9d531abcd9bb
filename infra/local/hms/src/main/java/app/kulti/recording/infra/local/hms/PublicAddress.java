package app.kulti.recording.infra.local.hms;

import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where others reach this process: as configured, or the port that it listens on at last. */
final class PublicAddress implements Supplier<URI> {
    private final @Nullable URI configured;
    private volatile @Nullable URI listening;

    PublicAddress(@Nullable URI configured) {
        this.configured = configured == null ? null : URI.create(configured.toString().replaceAll("/+$", ""));
    }

    void listensOn(int port) {
        listening = URI.create("http://localhost:" + port);
    }

    @Override
    public URI get() {
        URI address = configured != null ? configured : listening;
        if (address == null) {
            throw new IllegalStateException("nobody can reach a server that does not yet listen");
        }
        return address;
    }
}
