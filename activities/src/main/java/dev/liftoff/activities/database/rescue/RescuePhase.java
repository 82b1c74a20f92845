package dev.liftoff.activities.database.rescue;

/** How far a rescue is, in order. */
enum RescuePhase {
  /** Nobody but the launch is in the database. */
  FROZEN,
  /** What the service wrote is in files. */
  SAVED,
  /** The twin has it too, and that is proven. */
  REPLAYED,
  /** The twin has the live name. */
  SWAPPED,
  /** The service is in the twin. */
  OPENED,
  /** The service is in the database in which it was. */
  REFUSED
}
