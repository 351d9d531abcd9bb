package app.kulti.recording.mirror.mirroring.plan;

import app.kulti.recording.events.MirrorReport.RefusedBecause;

/**
 * Why a file is none that should be kept.
 *
 * @param detail one sentence for people, without URLs
 */
public record Flaw(RefusedBecause reason, String detail) {}
