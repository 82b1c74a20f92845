package dev.liftoff.database;

/**
 * A human sets a rule aside for one migration file. It is void when the file changes. Of a
 * migration command, {@code file} is its text, and the checksum that of {@link
 * MigrationCommand#identity}: another image is another migration.
 *
 * @param rule the rule's word, such as {@code drop-column}
 * @param file name of the migration file
 * @param sha256 checksum of the file's bytes, lower-case hex
 * @param approver who answers for it
 */
public record Waiver(String rule, String file, String sha256, String reason, String approver) {}
