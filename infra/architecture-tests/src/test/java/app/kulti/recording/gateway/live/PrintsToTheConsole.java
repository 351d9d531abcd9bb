package app.kulti.recording.gateway.live;

public class PrintsToTheConsole {

    public void say(String what) {
        System.out.println(what);
    }
}
