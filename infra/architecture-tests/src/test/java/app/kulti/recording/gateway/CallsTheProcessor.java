package app.kulti.recording.gateway;

import app.kulti.recording.processor.recording.MakesIds;

public record CallsTheProcessor(MakesIds processor) {}
