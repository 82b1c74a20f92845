package dev.liftoff.worker;

/**
 * Done once Temporal serves and before the first task is taken. May be repeated; must not block.
 */
@FunctionalInterface
interface BeforeWork {
  void prepare();
}
