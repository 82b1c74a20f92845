package dev.liftoff;

import io.temporal.workflow.Workflow;

/**
 * What was added to the runbook after launches had been recorded without it. A launch keeps the
 * runbook it began with, also when a newer worker goes on with it.
 */
public enum Revision {
  /** Pending migrations run on the restored copy before the gate of the migration. */
  REHEARSAL("rehearsal"),
  /** The way back of the database asks a human wherever {@code WayBack} says so. */
  WAY_BACK("way-back"),
  /** What is kept beside the database has its time, and what is over is removed. */
  RETENTION("retention"),
  /** What the candidate has served is counted before its first request and after its last. */
  EXPOSURE("exposure"),
  /**
   * A validation rolls back by the durations of the limits, as soak and guard do; a hold that ends
   * cuts the window of the guard short.
   */
  GUARD("guard"),
  /** Messages go one after the other, are tried again, and more milestones are told. */
  MESSAGES("messages"),
  /** The judge learns from the baseline's history before traffic moves. */
  CALIBRATION("calibration"),
  /** What was migrated while the service went on writing can be rescued, too. */
  ONLINE_RESCUE("online-rescue"),
  /** What a failed migration may have left of itself is acknowledged before the launch is over. */
  ACKNOWLEDGED("acknowledged"),
  /** The windows of the guard grow with time, so that the history of a launch stays small. */
  LONG_WINDOWS("long-windows"),
  /** Who may do what is the worker's to say, and a gate can ask for the go of several people. */
  PEOPLE("people"),
  /** Alerts are asked for again before a migration's gate opens, and when all have said go. */
  ALERTS_AT_POLL("alerts-at-poll");

  private final String change;

  Revision(String change) {
    this.change = change;
  }

  public boolean isOn() {
    return Workflow.getVersion(change, Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION;
  }
}
