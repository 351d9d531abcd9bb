package app.kulti.recording.infra.local.run;

import app.kulti.recording.infra.local.LocalPostgres.Durability;

/**
 * What a local run stands on.
 *
 * @param jvm        how the JVMs of all parts are set up
 * @param durability what the database's commits outlive
 */
record Footing(JvmOptions jvm, Durability durability) {
    static final Footing USUAL = new Footing(JvmOptions.USUAL, Durability.KILL);

    /** As in production: all of the JVM's compilers, and commits that wait for the disk. */
    static final Footing TO_MEASURE = new Footing(JvmOptions.SWIFT, Durability.POWER_CUT);
}
