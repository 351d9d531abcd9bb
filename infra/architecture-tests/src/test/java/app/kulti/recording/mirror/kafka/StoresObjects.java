package app.kulti.recording.mirror.kafka;

import software.amazon.awssdk.core.SdkBytes;

public record StoresObjects(SdkBytes object) {}
