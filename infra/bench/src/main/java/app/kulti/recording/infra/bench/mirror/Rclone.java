package app.kulti.recording.infra.bench.mirror;

import app.kulti.recording.infra.local.LocalS3;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The peer that copies for a living, as it comes from Debian, with its own defaults. */
final class Rclone {
    private final String program = Peers.find("rclone", "apt-get install rclone (Debian, Ubuntu).");
    private final Stage stage;
    private final Path log;

    Rclone(Stage stage) {
        this.stage = stage;
        log = stage.folder().resolve("rclone.log");
    }

    /** One file by its URL. */
    Copied copy(Film film) throws IOException, InterruptedException {
        return tryCopy(film).orElseThrow("rclone", film.bytes(), log);
    }

    /** The same, whatever comes of it. */
    Peers.Ended tryCopy(Film film) throws IOException, InterruptedException {
        return run("copyurl", stage.url(film).toString(), "s3:" + Stage.BUCKET + "/rclone/" + film.name());
    }

    /** All files of a folder, as many at a time as there are. */
    Copied copyFolder(Film one, int files) throws IOException, InterruptedException {
        var folder = URI.create(stage.url(one).toString().replace(one.name(), ""));
        return run("copy", "--http-url", folder.toString(), ":http:", "s3:" + Stage.BUCKET + "/rclone", "--transfers",
                Integer.toString(files)).orElseThrow("rclone", one.bytes() * files, log);
    }

    private Peers.Ended run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        return Peers.run(log, Map.of(
                "RCLONE_CONFIG", "/dev/null",
                "RCLONE_CONFIG_S3_TYPE", "s3",
                "RCLONE_CONFIG_S3_PROVIDER", "Other",
                "RCLONE_CONFIG_S3_REGION", LocalS3.REGION,
                "RCLONE_CONFIG_S3_ENDPOINT", stage.s3().toString(),
                "RCLONE_CONFIG_S3_FORCE_PATH_STYLE", "true",
                "RCLONE_CONFIG_S3_ACCESS_KEY_ID", Stage.ACCESS_KEY,
                "RCLONE_CONFIG_S3_SECRET_ACCESS_KEY", Stage.SECRET_KEY,
                "RCLONE_LOW_LEVEL_RETRIES", "1",
                "RCLONE_RETRIES", "1"), command);
    }
}
