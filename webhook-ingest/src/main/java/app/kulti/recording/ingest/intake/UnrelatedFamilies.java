package app.kulti.recording.ingest.intake;

import java.util.Set;

/** Families of 100ms's events that say nothing about a recording; they come by the thousand and are not published. */
final class UnrelatedFamilies {
    static final Set<String> ALL = Set.of("peer", "session", "room", "role", "ingest");

    private UnrelatedFamilies() {}

    /** Everything else is published, known or not: a reader that knows it may come later. */
    static boolean include(ReadWebhook webhook) {
        return ALL.contains(webhook.family());
    }
}
