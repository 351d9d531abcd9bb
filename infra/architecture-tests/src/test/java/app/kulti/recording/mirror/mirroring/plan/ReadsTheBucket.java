package app.kulti.recording.mirror.mirroring.plan;

import software.amazon.awssdk.core.SdkBytes;

public record ReadsTheBucket(SdkBytes object) {}
