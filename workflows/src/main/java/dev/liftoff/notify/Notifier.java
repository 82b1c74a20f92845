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
   * Sends the announcement to every channel that it is for. Repeating sends it twice only where the
   * channel cannot know, and the delivery says so: such an entry is ambiguous.
   */
  Delivery announce(LaunchId launch, Announcement announcement);
}
