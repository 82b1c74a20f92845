package dev.liftoff.container;

import dev.liftoff.LaunchId;
import io.temporal.activity.ActivityInterface;
import java.time.Duration;
import java.util.List;

/**
 * The container engine. Every method states a desired end and may be repeated: a retry after a lost
 * reply finds the work done and answers the same. No method touches a container that does not carry
 * the labels of the launch's service and environment ({@code NOT_OURS}). An engine that does not
 * answer in time is a fault that is retried.
 */
@ActivityInterface(namePrefix = "Containers")
public interface Containers {

  /**
   * The image is on the host and pinned; pulls it where it is missing.
   *
   * <p>Permanent: {@code IMAGE_NOT_FOUND}; {@code IMAGE_CHANGED} when the plan binds a digest and
   * the reference has another one.
   */
  Image pin(LaunchId launch, ImageReference wanted);

  /** The containers of this service and environment that run now, in any slot, of any launch. */
  List<Endpoint> running(LaunchId launch, ContainerSpec spec);

  /**
   * The image runs in the slot and answers 200 on its readiness path. A stopped leftover of an
   * earlier launch in the slot is removed first.
   *
   * <p>Permanent: {@code SLOT_OCCUPIED} when another launch's container runs there; {@code
   * PORT_TAKEN} when its address is in use; {@code SECRET_UNREADABLE}; {@code CONTAINER_FAILED}
   * when it exits or is not ready within the start limit, with its last words.
   */
  Endpoint start(LaunchId launch, Slot slot, Image image, ContainerSpec spec);

  /** Reads the container's logs since its start for the patterns. Changes nothing. */
  LogScan scanLogs(LaunchId launch, Endpoint endpoint, List<String> errorPatterns);

  /**
   * Evidence of the container is saved under the worker's artifact folder; repeating overwrites it.
   */
  Evidence capture(LaunchId launch, Endpoint endpoint);

  /**
   * The container has been asked to end by SIGTERM, has had the limit to drain, and is stopped.
   * Absent or stopped already is success.
   *
   * @return its exit code; 0 and 143 are graceful, 137 was killed, -1 when there was no such
   *     container
   */
  int stop(LaunchId launch, Endpoint endpoint, Duration limit);

  /** The container is gone. Only a stopped one is removed; absent is success. */
  void remove(LaunchId launch, Endpoint endpoint);
}
