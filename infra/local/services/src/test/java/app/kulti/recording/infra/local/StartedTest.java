package app.kulti.recording.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartedTest {

    private final Started started = Started.endingWithThisJvm();
    private final List<String> ended = new ArrayList<>();

    @Test
    void whatWasStartedLastIsEndedFirstAndOnce() {
        started.add(() -> ended.add("database"));
        started.add(() -> ended.add("service"));

        started.close();
        started.close();

        assertThat(ended).containsExactly("service", "database");
    }

    @Test
    void oneThatCannotBeEndedIsNamedAfterAllTheOthersHaveBeen() {
        started.add(() -> ended.add("database"));
        started.add(() -> {
            throw new IllegalArgumentException("stuck");
        });

        assertThatThrownBy(started::close)
                .satisfies(e -> assertThat(e.getSuppressed()).singleElement().extracting("message").isEqualTo("stuck"));
        assertThat(ended).containsExactly("database");
    }

    @Test
    void whatComesTooLateIsEndedAtOnce() {
        started.close();

        assertThatThrownBy(() -> started.add(() -> ended.add("late"))).isInstanceOf(IllegalStateException.class);
        assertThat(ended).containsExactly("late");
    }
}
