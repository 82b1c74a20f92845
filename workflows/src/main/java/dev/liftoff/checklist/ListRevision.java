package dev.liftoff.checklist;

import io.temporal.workflow.Workflow;

/** What was added to the list after lists had been recorded without it. */
enum ListRevision {
  /** Who may answer is the worker's to say, and who answers can prove who he is. */
  PEOPLE("list-people"),
  /** Proofs that do not hold are looked at, and told, so often and no more. */
  PATIENCE("list-patience");

  private final String change;

  ListRevision(String change) {
    this.change = change;
  }

  boolean isOn() {
    return Workflow.getVersion(change, Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION;
  }
}
