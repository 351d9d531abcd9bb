package app.kulti.recording.ingest.intake;

import java.util.logging.Logger;

public class LogsTheOldWay {

    public void say(String what) {
        Logger.getLogger("old").info(what);
    }
}
