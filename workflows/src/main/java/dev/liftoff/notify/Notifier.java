package dev.liftoff.notify;

import dev.liftoff.LaunchId;
import io.temporal.activity.ActivityInterface;

/**
 * Tells people. Never fails a launch: a channel that cannot be reached is in the delivery, and the
 * launch goes on.
 */
@ActivityInterface(namePrefix = "Notifier")
public interface Notifier {

  /**
   * Sends the announcement to every channel; repeating may send it twice where the channel cannot
   * know, with the same key.
   */
  Delivery announce(LaunchId launch, Announcement announcement);
}
