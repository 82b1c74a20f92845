package dev.liftoff.activities.database.rescue;

/**
 * When a row of the live database was last written: every row carries the number of the transaction
 * that did. Conditions on {@code liftoff_row}.
 *
 * @param service since the barrier
 * @param migration between the anchor and the barrier, while the service was kept out
 */
record Epoch(String service, String migration) {
  static Epoch of(AnchorNote anchor, BarrierNote barrier) {
    // Numbers are compared by their age: they start again after four billion.
    String since = "age(liftoff_row.xmin) <= age('%s'::xid)";
    String afterBarrier = since.formatted(barrier.xmin());
    return new Epoch(
        afterBarrier, "NOT (%s) AND %s".formatted(afterBarrier, since.formatted(anchor.xmin())));
  }
}
