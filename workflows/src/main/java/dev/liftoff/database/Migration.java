package dev.liftoff.database;

/**
 * A schema change: its version, what it is for, and the checksum of its text, which binds an
 * approval to it.
 */
public record Migration(String version, String description, String script, long checksum) {}
