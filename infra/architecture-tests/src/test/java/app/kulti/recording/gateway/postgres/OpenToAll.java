package app.kulti.recording.gateway.postgres;

public class OpenToAll {}
