package app.kulti.recording.infra.local.run;

import app.kulti.recording.infra.local.LocalServiceException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the build has put what is run. */
public final class ServiceJars {
    private final Path root;

    private ServiceJars(Path root) {
        this.root = root;
    }

    /** Those of the checkout that this class was built in. */
    public static ServiceJars ofThisCheckout() {
        try {
            var here = Path.of(ServiceJars.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            for (var folder = here; folder != null; folder = folder.getParent()) {
                if (Files.exists(folder.resolve("mvnw")) && Files.isDirectory(folder.resolve("common-events"))) {
                    return new ServiceJars(folder);
                }
            }
            throw new LocalServiceException("%s lies in no checkout of this project".formatted(here));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The checkout itself. */
    public Path root() {
        return root;
    }

    /**
     * The jar that {@code module} builds.
     *
     * @param module folder below the root, {@code api-gateway}
     * @param name   of the jar, without its ending
     */
    public Path jar(String module, String name) {
        var jar = root.resolve(module).resolve("target").resolve(name + ".jar");
        if (Files.notExists(jar)) {
            throw new LocalServiceException(
                    "%s is missing. Build it with ./mvnw package.".formatted(root.relativize(jar)));
        }
        return jar;
    }
}
