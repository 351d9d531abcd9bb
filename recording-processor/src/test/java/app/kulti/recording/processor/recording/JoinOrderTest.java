package app.kulti.recording.processor.recording;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.processor.recording.OutsideId.Kind;
import app.kulti.recording.processor.trial.Trials;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Any order, any duplicates, the same end. What fails prints its seed and little evidence that shows it. */
class JoinOrderTest {

    /** Another shape of evidence for each kind, from few values, so that two of one kind contradict each other often. */
    private interface Shape {
        Evidence of(Stamp stamp, int choice);
    }

    private static final List<String> PATHS = List.of("a.mp4", "b.mp4", "c.mp4");
    private static final List<Kind> KIND = List.of(Kind.values());
    private static final List<RecordingStatus> STATUS = List.of(RecordingStatus.values());
    private static final List<RefusedBecause> REASON = List.of(RefusedBecause.values());
    private static final List<Shape> KINDS = List.of(
            (stamp, n) -> new Evidence.Identified(stamp, List.of(new OutsideId(KIND.get(n), "id-" + n)),
                    n == 0 ? null : "hms-" + n),
            (stamp, n) -> new Evidence.Inherited(stamp, STATUS.get(n)),
            (stamp, n) -> new Evidence.Accepted(stamp, Said100ms.at(n)),
            (stamp, n) -> new Evidence.Started(stamp, n == 0 ? null : Said100ms.at(n)),
            (stamp, n) -> new Evidence.StopWanted(stamp,
                    new Evidence.StopWish(n == 0 ? null : new CommandId(new UUID(9, n)))),
            (stamp, n) -> new Evidence.Stopped(stamp, n == 0 ? null : Said100ms.at(n), n == 1 ? null : "reason " + n),
            (stamp, _) -> new Evidence.Superseded(stamp),
            (stamp, n) -> new Evidence.FileReady(stamp, film(n), n == 0 ? null : link(n)),
            (stamp, n) -> new Evidence.Failed(stamp, "ERROR_" + n),
            (stamp, n) -> new Evidence.LinkRenewed(stamp, link(n)),
            (stamp, n) -> new Evidence.Copying(stamp, new Evidence.CopyUnderWay(identity(n), n == 0 ? null : 100L * n)),
            (stamp, n) -> new Evidence.Verified(stamp, Said100ms.at(n), identity(n), "key", 1_000 + n,
                    n % 2 == 0 ? null : "crc-" + n),
            (stamp, n) -> new Evidence.Refused(stamp, identity(n), REASON.get(n), n == 0 ? null : 1_000L + n),
            (stamp, n) -> new Evidence.Kept(stamp, n % 2 == 0),
            (stamp, n) -> new Evidence.ExpiryTold(stamp, Said100ms.at(600 + n)));

    private static String identity(int n) {
        return n == 3 ? "asset-a" : PATHS.get(n % 3);
    }

    private static Film film(int n) {
        var path = PATHS.get(n % 3);
        return new Film(n == 3 ? "asset-a" : null, path, Said100ms.address(path), 1_000L + n, 60L, null, "mp4",
                n == 2 ? Said100ms.at(n) : null, null);
    }

    private static Link link(int n) {
        var path = PATHS.get(n % 3);
        return Link.to(n == 2 ? null : "asset-" + n, path, Said100ms.url(path, n), Said100ms.at(600 + n));
    }

    private static List<Evidence> evidence(RandomGenerator random) {
        return IntStream.range(0, random.nextInt(15)).mapToObj(index -> {
            // No two share an id, but their times meet; and the id's order has nothing to do with that of arrival.
            var stamp = Said100ms.stamp(random.nextInt(5) == 0 ? null : random.nextInt(4), 1 + index * 7 % 17);
            return KINDS.get(random.nextInt(KINDS.size())).of(stamp, random.nextInt(4));
        }).toList();
    }

    @Test
    void anyOrderAndAnyDuplicatesGiveOneEnd() {
        Trials.of(10_000, JoinOrderTest::evidence, (evidence, random) -> {
            var another = new ArrayList<>(evidence);
            another.addAll(evidence.stream().filter(_ -> random.nextBoolean()).toList());
            Collections.shuffle(another, Random.from(random));

            assertThat(all(another)).isEqualTo(all(evidence));
        });
    }

    @Test
    void whatIsKnownIsNoNews() {
        Trials.of(2_000, JoinOrderTest::evidence, (evidence, _) -> {
            var known = all(evidence);

            assertThat(evidence).allSatisfy(again -> assertThat(Join.apply(known, again)).isEqualTo(known));
        });
    }

    @Test
    void aRecordingThatHearsItAgainKeepsItsRevision() {
        Trials.of(2_000, JoinOrderTest::evidence, (evidence, _) -> {
            var recording = Recording.unknown(Said100ms.RECORDING, Said100ms.SESSION, Said100ms.ROOM).with(evidence);

            assertThat(recording.with(evidence)).isEqualTo(recording);
        });
    }

    @Test
    void threeOfAnyKindsGiveOneEndInEachOfTheirOrders() {
        var two = new ArrayList<Evidence>();
        for (var kind : KINDS) {
            for (var choice = 1; choice <= 2; choice++) {
                // The second one has the earlier id, and both have one time: the id decides.
                two.add(kind.of(Said100ms.stamp(1, 100 - two.size()), choice));
            }
        }
        for (var a : two) {
            for (var b : two) {
                for (var c : two) {
                    var end = all(List.of(a, b, c));
                    assertThat(all(List.of(c, b, a))).as("%s, %s, %s", a, b, c).isEqualTo(end);
                    assertThat(all(List.of(b, a, c))).as("%s, %s, %s", a, b, c).isEqualTo(end);
                }
            }
        }
    }

    @Test
    void everyKindOfEvidenceIsTried() {
        var tried = KINDS.stream().map(kind -> kind.of(Said100ms.stamp(1, 1), 1).getClass()).distinct().toList();

        assertThat(tried).hasSameSizeAs(Evidence.class.getPermittedSubclasses());
    }

    private static Facts all(List<Evidence> evidence) {
        var facts = Facts.NONE;
        for (var one : evidence) {
            facts = Join.apply(facts, one);
        }
        return facts;
    }
}
