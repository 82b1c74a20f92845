package dev.liftoff.database;

import java.util.List;

/**
 * What a migration did, read from the database afterwards and not from the tool's answer.
 *
 * @param applied the versions that this launch applied, in order; empty when there was nothing to
 *     do
 */
public record Migrated(String versionBefore, String versionAfter, List<String> applied) {}
