package app.kulti.recording.ingest;

public class WebhookManager {}
