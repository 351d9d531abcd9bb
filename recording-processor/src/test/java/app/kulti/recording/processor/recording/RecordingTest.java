package app.kulti.recording.processor.recording;

import static app.kulti.recording.processor.recording.Said100ms.NOON;
import static app.kulti.recording.processor.recording.Said100ms.at;
import static app.kulti.recording.processor.recording.Said100ms.fileReady;
import static app.kulti.recording.processor.recording.Said100ms.film;
import static app.kulti.recording.processor.recording.Said100ms.identified;
import static app.kulti.recording.processor.recording.Said100ms.recording;
import static app.kulti.recording.processor.recording.Said100ms.stamp;
import static app.kulti.recording.processor.recording.Said100ms.url;
import static app.kulti.recording.processor.recording.Said100ms.verified;
import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import app.kulti.recording.events.MirrorWish;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.processor.recording.Evidence.CopyUnderWay;
import app.kulti.recording.processor.recording.Evidence.StopWish;
import app.kulti.recording.processor.recording.OutsideId.Kind;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecordingTest {
    private static final Evidence STARTED = new Evidence.Started(stamp(1, 1), at(1));
    private static final Evidence STOPPED = new Evidence.Stopped(stamp(60, 2), at(60), "client request");
    private static final Evidence FAILED = new Evidence.Failed(stamp(70, 3), "UPLOAD_ERROR");
    private static final Evidence FILE = fileReady(80, 4, "a.mp4");

    @Test
    void aStopAfterTheFileDoesNotTakeTheFileBack() {
        assertThat(recording(STARTED, FILE, STOPPED).status()).isEqualTo(RecordingStatus.COMPLETED);
    }

    @Test
    void aStartAfterTheStopDoesNotRecordAgain() {
        assertThat(recording(STOPPED, STARTED).status()).isEqualTo(RecordingStatus.PROCESSING);
    }

    @Test
    void aFileAfterAFailureCompletesItAndItsFailureStaysKnown() {
        var state = recording(STARTED, FAILED, FILE).state();

        assertThat(state.status()).isEqualTo(RecordingStatus.COMPLETED);
        assertThat(state.failure()).isEqualTo("UPLOAD_ERROR");
    }

    @Test
    void aFailureAfterTheFileChangesNoStatus() {
        assertThat(recording(FILE, FAILED).status()).isEqualTo(RecordingStatus.COMPLETED);
    }

    @Test
    void aNewerBeamEndsTheOlderOne() {
        assertThat(recording(STARTED, new Evidence.Superseded(stamp(2, 9))).status())
                .isEqualTo(RecordingStatus.PROCESSING);
    }

    @Test
    void ofTwoFilesTheLaterBy100msOwnTimeCounts() {
        var state = recording(fileReady(90, 1, "late.mp4"), fileReady(80, 9, "early.mp4")).state();

        assertThat(state.source()).isNotNull().satisfies(source -> {
            assertThat(source.path()).isEqualTo("late.mp4");
            assertThat(source.url()).isEqualTo(url("late.mp4", 1));
        });
    }

    @Test
    void aFileWithoutATimeStandsBeforeOneWithATime() {
        var state = recording(fileReady(1, 1, "timed.mp4"), fileReady(null, 9, "timeless.mp4")).state();

        assertThat(state.source()).isNotNull().extracting("path").isEqualTo("timed.mp4");
    }

    @Test
    void ofTwoFilesOfOneTimeTheHigherIdCounts() {
        var state = recording(fileReady(1, 2, "higher.mp4"), fileReady(1, 1, "lower.mp4")).state();

        assertThat(state.source()).isNotNull().extracting("path").isEqualTo("higher.mp4");
    }

    @Test
    void aCopyIsWantedOnceItsFileIsThere() {
        assertThat(recording(STARTED, STOPPED).state().wanted()).isEqualTo(MirrorWish.NOTHING);
        assertThat(recording(STARTED, STOPPED, FILE).state().wanted()).isEqualTo(MirrorWish.COPY);
    }

    @Test
    void noCopyIsWantedOfAFileThatNobodyCanRead() {
        var unread = recording(new Evidence.FileReady(stamp(1, 1), film("a.mp4"), null));

        assertThat(unread.state().wanted()).isEqualTo(MirrorWish.NOTHING);
        assertThat(unread.lacksLink()).isTrue();
    }

    @Test
    void nothingMoreIsWantedOnceItsFileWasVerified() {
        var state = recording(FILE, verified(90, 5, "a.mp4", "e3069283")).state();

        assertThat(state.wanted()).isEqualTo(MirrorWish.NOTHING);
        assertThat(state.copy()).isNotNull().satisfies(copy -> {
            assertThat(copy.crc32c()).isEqualTo("e3069283");
            assertThat(copy.size()).isEqualTo(1_000);
            assertThat(copy.verifiedAt()).isEqualTo(at(90));
        });
    }

    @Test
    void aCopyOfAnotherFileIsStillACopyButAnotherIsWanted() {
        var recording = recording(FILE, verified(90, 5, "other.mp4", null));

        assertThat(recording.state().copy()).isNotNull();
        assertThat(recording.address()).isEqualTo(Said100ms.SESSION + "/" + Said100ms.RECORDING + ".mp4");
        assertThat(recording.state().wanted()).isEqualTo(MirrorWish.COPY);
        assertThat(recording.mirror()).isEqualTo(MirrorState.WANTED);
    }

    @Test
    void whatWasCopiedLastIsWhatLiesInTheBucket() {
        var recording = recording(FILE, verified(95, 6, "other.mp4", null), verified(90, 5, "a.mp4", null));

        assertThat(recording.state().wanted()).isEqualTo(MirrorWish.COPY);
    }

    @Test
    void aCopyNamedByItsPathStaysGoodWhenTheAssetBecomesKnown() {
        var asset = new Evidence.FileReady(stamp(81, 7),
                new Film("asset-1", "a.mp4", null, 1_000L, 60L, null, "mp4", null, null), null);

        var recording = recording(FILE, verified(90, 5, "a.mp4", null), asset);

        assertThat(recording.mirror()).isEqualTo(MirrorState.VERIFIED);
        assertThat(recording.state().source()).isNotNull().satisfies(source -> {
            assertThat(source.assetId()).isEqualTo("asset-1");
            assertThat(source.url()).as("the link still opens it").isEqualTo(url("a.mp4", 4));
        });
    }

    @Test
    void aLaterReportWithoutAChecksumErasesNone() {
        var state = recording(FILE, verified(90, 5, "a.mp4", "e3069283"), verified(99, 6, "a.mp4", null)).state();

        assertThat(state.copy()).isNotNull().extracting("crc32c").isEqualTo("e3069283");
    }

    @Test
    void aRefusalCountsForTheFileItNames() {
        var refused = new Evidence.Refused(stamp(90, 5), "a.mp4", RefusedBecause.HTML, null);

        assertThat(recording(FILE, refused).state().wanted()).isEqualTo(MirrorWish.NOTHING);
        assertThat(recording(FILE, refused).refusal()).isEqualTo(RefusedBecause.HTML);
        assertThat(recording(FILE, refused).status()).isEqualTo(RecordingStatus.COMPLETED);
        assertThat(recording(FILE, refused, fileReady(99, 9, "b.mp4")).state().wanted()).isEqualTo(MirrorWish.COPY);
    }

    @Test
    void aFileOfAnotherSizeIsAnotherFileAndTriedAgain() {
        var refused = new Evidence.Refused(stamp(90, 5), "a.mp4", RefusedBecause.CUT_SHORT, 1_000L);
        var known = recording(fileReady(60, 1, "a.mp4"), refused);
        assertThat(known.mirror()).isEqualTo(MirrorState.REFUSED);

        var film = new Film(null, "a.mp4", Said100ms.address("a.mp4"), 2_000L, 60L, null, "mp4", null, null);
        var another = known.with(List.of(new Evidence.FileReady(stamp(95, 6), film, null)));
        assertThat(another.mirror()).isEqualTo(MirrorState.WANTED);
        assertThat(another.state().wanted()).isEqualTo(MirrorWish.COPY);
        assertThat(another.with(List.of(new Evidence.Refused(stamp(99, 7), "a.mp4", RefusedBecause.NO_MOOV, 2_000L)))
                .mirror()).isEqualTo(MirrorState.REFUSED);
    }

    @Test
    void aGoodCopyOutlivesALaterRefusalOfItsFile() {
        var refused = new Evidence.Refused(stamp(99, 9), "a.mp4", RefusedBecause.CUT_SHORT, null);

        assertThat(recording(FILE, verified(90, 5, "a.mp4", null), refused).mirror()).isEqualTo(MirrorState.VERIFIED);
    }

    @Test
    void aRenewedLinkReplacesTheOldOneAndChangesNoFile() {
        var renewed = new Evidence.LinkRenewed(stamp(200, 8), Link.to("asset-1", "a.mp4", url("a.mp4", 99), at(900)));

        var source = recording(FILE, renewed).state().source();

        assertThat(source).isNotNull();
        assertThat(source.url()).isEqualTo(url("a.mp4", 99));
        assertThat(source.urlExpiresAt()).isEqualTo(at(900));
        assertThat(source.assetId()).isEqualTo("asset-1");
        assertThat(source.size()).isEqualTo(1_000);
    }

    @Test
    void aLinkToAnotherFileOpensNothing() {
        var renewed = new Evidence.LinkRenewed(stamp(200, 8), Link.to("asset-2", "b.mp4", url("b.mp4", 99), at(900)));

        assertThat(recording(FILE, renewed).lacksLink()).isTrue();
    }

    @Test
    void whatTheMirrorIsDoingMovesNoRevision() {
        var wanted = recording(FILE);

        var copying = wanted.with(List.of(new Evidence.Copying(stamp(90, 5), new CopyUnderWay("a.mp4", 500L))));

        assertThat(copying.mirror()).isEqualTo(MirrorState.COPYING);
        assertThat(copying.copiedBytes()).isEqualTo(500);
        assertThat(copying.revision()).isEqualTo(wanted.revision());
        assertThat(copying.facts()).isNotEqualTo(wanted.facts());
    }

    @Test
    void theBestNameIsTheApisWhicheverWasLearntFirst() {
        var recording = recording(identified(1, new OutsideId(Kind.BEAM, "beam-1")),
                identified(2, new OutsideId(Kind.JOB, "job-1")));

        assertThat(recording.state().hmsRecordingId()).isEqualTo("job-1");
    }

    @Test
    void whatItsFilmSaysOfItsTimesIsMoreExactThanWhatItsWebhooksSay() {
        var film = new Film(null, "a.mp4", null, 1L, 50L, null, "mp4", at(5), at(55));
        var accepted = new Evidence.Accepted(stamp(0, 1), NOON);

        assertThat(recording(accepted).startedAt()).isEqualTo(NOON);
        assertThat(recording(accepted, STARTED).startedAt()).isEqualTo(at(1));
        var filmed = recording(accepted, STARTED, STOPPED, new Evidence.FileReady(stamp(80, 4), film, null));
        assertThat(filmed.startedAt()).isEqualTo(at(5));
        assertThat(filmed.endedAt()).isEqualTo(at(55));
        assertThat(filmed.stopReason()).isEqualTo("client request");
    }

    @Test
    void aStopThatSaysNothingOfWhyDoesNotEraseWhatAnotherSaid() {
        var bare = new Evidence.Stopped(stamp(99, 9), null, null);

        assertThat(recording(STOPPED, bare).stopReason()).isEqualTo("client request");
    }

    @Test
    void aWantedStopIsDueOnlyWhileItRecords() {
        var wanted = new Evidence.StopWanted(stamp(50, 5), new StopWish(new CommandId(new UUID(0, 1))));

        assertThat(recording(STARTED, wanted).isStopDue()).isTrue();
        assertThat(recording(STARTED, wanted, STOPPED).isStopDue()).isFalse();
        assertThat(recording(STARTED).isStopDue()).isFalse();
    }

    @Test
    void theLatestWishDecidesWhetherItIsKept() {
        var kept = new Evidence.Kept(stamp(10, 1), true);
        var released = new Evidence.Kept(stamp(20, 2), false);

        assertThat(recording(STARTED).kept()).isFalse();
        assertThat(recording(STARTED, kept).kept()).isTrue();
        assertThat(recording(STARTED, released, kept).kept()).isFalse();
    }

    @Test
    void eachStatusIsAnnouncedByItsName() {
        var started = recording(STARTED);

        assertThat(Announcement.of(null, started)).get().isInstanceOf(RecordingEvent.Started.class);
        assertThat(Announcement.of(started, started.with(List.of(STOPPED)))).get()
                .isInstanceOf(RecordingEvent.Stopped.class);
        assertThat(Announcement.of(started, started.with(List.of(FAILED)))).get()
                .isInstanceOf(RecordingEvent.Failed.class);
        assertThat(Announcement.of(started, started.with(List.of(FILE)))).get()
                .isInstanceOf(RecordingEvent.Completed.class);
    }

    @Test
    void whatChangesNoStatusIsAnnouncedAsAChangeAndWhatChangesNothingNotAtAll() {
        var filed = recording(FILE);

        assertThat(Announcement.of(filed, filed.with(List.of(verified(90, 5, "a.mp4", null))))).get()
                .isInstanceOfSatisfying(RecordingEvent.Changed.class,
                        changed -> assertThat(changed.state().revision()).isEqualTo(2));
        assertThat(Announcement.of(filed, filed.with(List.of(FILE)))).isEmpty();
    }

    @Test
    void theUrlIsTheOnlySecretAndComesOffAndOnAgain() {
        var facts = recording(FILE).facts();
        var url = facts.url();

        assertThat(facts.withUrl(null).url()).isNull();
        assertThat(facts.withUrl(null).withUrl(url)).isEqualTo(facts);
    }
}
