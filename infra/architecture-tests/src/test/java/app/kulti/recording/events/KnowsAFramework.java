package app.kulti.recording.events;

import org.springframework.beans.factory.annotation.Value;

public record KnowsAFramework(@Value("${topic}") String topic) {}
