package dev.liftoff.database;

/**
 * A restore point that was restored and compared, and is kept for the rehearsal.
 *
 * @param name of the scratch database that holds it; it is there only where the proof succeeded
 */
public record RestoredCopy(Proof proof, String name) {}
