package app.kulti.recording.mirror.s3;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import app.kulti.recording.mirror.mirroring.CannotCopy;
import app.kulti.recording.mirror.mirroring.Ending;
import app.kulti.recording.mirror.mirroring.Fault;
import app.kulti.recording.mirror.mirroring.PlanVoid;
import app.kulti.recording.mirror.mirroring.Trouble;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** The one place that tells what an answer of the bucket means for a copy. */
final class S3Failure {
    private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z]{1,64})</Code>");
    private static final Set<Integer> PASSING = Set.of(408, 429);
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;

    private S3Failure() {}

    /** Whether trying again may help; 429 and 544 are Supabase's "slow down" and "the database timed out". */
    static boolean mayPass(int status) {
        return PASSING.contains(status) || status >= 500;
    }

    /** Of a call that no upload hangs on. */
    static Trouble of(SdkException e) throws CannotCopy {
        if (e instanceof AwsServiceException answer) {
            return of(answer.statusCode(), codeOf(answer));
        }
        return new Trouble(Fault.BUCKET, inWords(e), e);
    }

    /** Of a call for an upload. */
    static Trouble ofUpload(SdkException e) throws CannotCopy, PlanVoid {
        if (e instanceof AwsServiceException answer) {
            return ofUpload(answer.statusCode(), codeOf(answer));
        }
        return of(e);
    }

    static Trouble ofUpload(int status, String code) throws CannotCopy, PlanVoid {
        if (code.equals("NoSuchUpload") || code.equals("InvalidUploadId")) {
            throw new PlanVoid("the bucket knows the upload no longer");
        }
        return of(status, code);
    }

    private static Trouble of(int status, String code) throws CannotCopy {
        var answer = "the bucket answered %d %s".formatted(status, code).strip();
        if (mayPass(status)) {
            return new Trouble(Fault.BUCKET, answer);
        }
        throw new CannotCopy(status == TOO_LARGE
                ? new Ending.Refused(RefusedBecause.TOO_LARGE, "the bucket takes no file of this size")
                : new Ending.NotNow(Fault.BUCKET, answer));
    }

    /** What happened, without URLs. */
    static String inWords(SdkException e) {
        return e instanceof AwsServiceException answer
                ? "the bucket answered %d %s".formatted(answer.statusCode(), codeOf(answer)).strip()
                : "the bucket could not be reached: " + e.getClass().getSimpleName();
    }

    static boolean isNotFound(SdkException e) {
        return e instanceof AwsServiceException answer && answer.statusCode() == NOT_FOUND
                && !codeOf(answer).equals("NoSuchBucket");
    }

    static String codeOf(AwsServiceException e) {
        return Optional.ofNullable(e.awsErrorDetails()).map(details -> details.errorCode()).orElse("");
    }

    /** The code in an error's XML; empty when there is none. */
    static String codeIn(String page) {
        var code = CODE.matcher(page);
        return code.find() ? code.group(1) : "";
    }
}
