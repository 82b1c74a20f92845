package dev.liftoff.activities.database.rehearsal;

/**
 * A relation that holds or shows rows.
 *
 * @param kind as PostgreSQL writes it: r table, p partitioned, m materialized view, f foreign, v
 *     view
 * @param storage its file: another one means that it was rewritten or emptied
 */
record Table(long oid, String name, String kind, long storage) {
  boolean countable() {
    return kind.equals("r") || kind.equals("p") || kind.equals("m");
  }
}
