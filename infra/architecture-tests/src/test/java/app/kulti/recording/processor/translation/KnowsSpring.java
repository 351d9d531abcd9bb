package app.kulti.recording.processor.translation;

import org.springframework.beans.factory.annotation.Value;

public record KnowsSpring(@Value("${dialect}") String dialect) {}
