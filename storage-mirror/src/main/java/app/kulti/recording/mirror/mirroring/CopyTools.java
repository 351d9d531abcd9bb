package app.kulti.recording.mirror.mirroring;

import java.util.function.LongSupplier;

/** What every copy works with. */
record CopyTools(Source source, Bucket bucket, Plans plans, Reports reports, PartBuffers buffers, Patience patience,
        CopySettings settings, CopyWatch watch, LongSupplier nanos) {}
