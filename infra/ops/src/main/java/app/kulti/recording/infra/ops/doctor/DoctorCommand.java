package app.kulti.recording.infra.ops.doctor;

import app.kulti.recording.infra.ops.OpsCommand;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code kulti-ops doctor}. */
@Command(name = "doctor", mixinStandardHelpOptions = true, description = {
        "Looks at everything: can each dependency be reached, are the topics as they should be, is the clock right, and what do the services say of their own? One line each, with the mend. Ends with 4 when something is wrong."})
public final class DoctorCommand implements Callable<Integer> {
    @ParentCommand
    @Nullable
    OpsCommand ops;

    @Override
    public Integer call() {
        if (ops == null) {
            throw new IllegalStateException("picocli sets the parent");
        }
        return ops.say(new Doctor(ops.desk()).look());
    }
}
