package dev.liftoff.compatibility;

import dev.liftoff.LaunchId;
import dev.liftoff.container.ContainerSpec;
import io.temporal.activity.ActivityInterface;

/**
 * Whether the running version works on the schema that the launch brings, which is what makes every
 * later way back possible: baseline, candidate and baseline again serve their checks from the
 * rehearsed copy of the database, one after the other, out of reach of users.
 */
@ActivityInterface(namePrefix = "Compatibility")
public interface Compatibility {

  /**
   * Runs the versions on the copy and answers what they and the database said. What is not
   * compatible is an answer, not an exception. Repeating removes what an earlier attempt left and
   * begins again; the copy keeps the rows that the checks wrote.
   *
   * <p>Permanent: {@code DATABASE_REFUSED} when the copy is no scratch database; {@code
   * INVALID_PLAN} when the checks or the address cannot be used; {@code NOT_OURS}, {@code
   * PORT_TAKEN}, {@code IMAGE_NOT_FOUND}, {@code CONTAINER_FAILED} when the engine cannot make the
   * container; {@code SECRET_UNREADABLE}.
   */
  Compatible prove(LaunchId launch, CompatibilitySpec spec, Trial trial);

  /**
   * No container of a trial of this service and environment exists, and nothing listens for one.
   * Absent is success. The copy stays: it belongs to the rehearsal.
   */
  void discard(LaunchId launch, ContainerSpec container);
}
