package app.kulti.recording.infra.ops.replay;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.OperatorAction.ReplaySource;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.infra.ops.Told;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.function.Predicate;

/** A file of raw webhooks, one a line (NDJSON), as 100ms sent them. Empty lines are passed over. */
final class FileSource implements Source {
    private final Path file;
    private final Instant now;
    private final String sha256;

    /** @param now when they came in: with this replay */
    FileSource(Path file, Instant now) {
        this.file = file;
        this.now = now;
        this.sha256 = digest(file);
    }

    /**
     * Reads all of it once.
     *
     * @throws Told the first line that is no webhook, and why; nothing was published by then
     */
    FileSource checked() {
        each(_ -> true);
        return this;
    }

    String sha256() {
        return sha256;
    }

    @Override
    public ReplaySource described() {
        return new ReplaySource.OfFile(file.getFileName().toString(), sha256);
    }

    @Override
    public void each(Predicate<Item> more) {
        var seen = new HashSet<EventId>();
        try (var lines = new BufferedReader(new InputStreamReader(Files.newInputStream(file),
                StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)))) {
            var number = 0L;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                var item = item(number, line);
                if (seen.add(item.webhook().id()) && !more.test(item)) {
                    return;
                }
            }
        } catch (CharacterCodingException e) {
            throw Told.usage("%s is no UTF-8 text: it takes one webhook as JSON a line.".formatted(file));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private Item item(long number, String line) {
        try {
            HmsWebhook webhook = RawWebhook.read(line.getBytes(StandardCharsets.UTF_8));
            return new Item(0, number, Envelope.of(EventId.ofBody(webhook.body().bytes()), now, ServiceName.OPS,
                    webhook));
        } catch (IllegalArgumentException e) {
            throw Told.usage("%s, line %d is no webhook: %s. Nothing of the file was published.".formatted(file, number,
                    e.getMessage()));
        }
    }

    private static String digest(Path file) {
        if (Files.isDirectory(file)) {
            throw Told.usage("%s is a folder; --file takes one file.".formatted(file));
        }
        try (var bytes = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(bytes.getMessageDigest().digest());
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Told unreadable(Path file, IOException e) {
        return Told.usage(e instanceof NoSuchFileException
                ? "There is no file %s.".formatted(file)
                : "%s cannot be read (%s).".formatted(file, e.getClass().getSimpleName()));
    }
}
