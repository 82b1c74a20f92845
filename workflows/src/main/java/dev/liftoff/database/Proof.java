package dev.liftoff.database;

import java.util.List;

/**
 * Whether a restore point really restores.
 *
 * @param proven every table came back with the content it had
 * @param tables how many were compared
 * @param rows how many rows they have
 * @param differences one sentence for each table that differs; empty when proven
 */
public record Proof(boolean proven, long tables, long rows, List<String> differences) {}
