package app.kulti.recording.processor.reconcile;

public class DozesOff {

    public void doze() throws InterruptedException {
        Thread.sleep(1);
    }
}
