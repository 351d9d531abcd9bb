package app.kulti.recording.infra.local;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How to run a program that refuses to run as root. */
enum OrdinaryUser {
    /** This process is not root. */
    MYSELF,
    /**
     * Root in a user namespace without mapping: the program sees itself as nobody and still owns this process's files.
     */
    NAMESPACE,
    /** Where namespaces are forbidden, as in many containers: nobody, who may nevertheless enter root's folders. */
    NOBODY;

    private static final int NOBODYS_ID = 65534;

    static OrdinaryUser find() {
        if (new UnixSystem().getUid() != 0) {
            return MYSELF;
        }
        return NAMESPACE.works() ? NAMESPACE : NOBODY;
    }

    List<String> command(List<String> command) {
        var whole = new ArrayList<>(switch (this) {
            case MYSELF -> List.<String>of();
            case NAMESPACE -> List.of("unshare", "-U");
            case NOBODY -> List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
                    "--inh-caps=+dac_override", "--ambient-caps=+dac_override");
        });
        whole.addAll(command);
        return whole;
    }

    /** Makes a file or an empty folder that this process has made the program's own. */
    void give(Path path) throws IOException {
        if (this == NOBODY) {
            Files.setAttribute(path, "unix:uid", NOBODYS_ID);
        }
    }

    private boolean works() {
        try {
            var trial = new ProcessBuilder(command(List.of("true"))).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return trial.waitFor(10, TimeUnit.SECONDS) && trial.exitValue() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
