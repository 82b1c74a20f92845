package dev.liftoff;

import io.temporal.failure.ApplicationFailure;

/**
 * The permanent faults: repeating the step cannot help. The name is the type of the Temporal
 * failure, so it is in histories for ever. Everything else that an activity throws is a fault that
 * Temporal retries within the limits of the step.
 */
public enum FailureType {
  INVALID_PLAN,
  IMAGE_NOT_FOUND,
  IMAGE_CHANGED,
  SLOT_OCCUPIED,
  PORT_TAKEN,
  CONTAINER_FAILED,
  NOT_OURS,
  SECRET_UNREADABLE,
  DATABASE_REFUSED,
  BACKUP_FAILED,
  MIGRATION_FAILED,
  TRAFFIC_REFUSED,
  CONFIGURATION_REFUSED,
  CHECKLIST_UNREADABLE,
  TEST_UNREADABLE,
  ROLLED_BACK,
  SCRUBBED;

  /**
   * A failure of this type that Temporal does not retry; the message is one sentence a commander
   * can act on.
   */
  public ApplicationFailure permanent(String message) {
    return ApplicationFailure.newNonRetryableFailure(message, name());
  }
}
