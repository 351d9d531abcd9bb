/** What a copy consists of and when it is proved, decided without any input or output. */
@NullMarked
package app.kulti.recording.mirror.mirroring.plan;

import org.jspecify.annotations.NullMarked;
