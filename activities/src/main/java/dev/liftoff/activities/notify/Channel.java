package dev.liftoff.activities.notify;

import dev.liftoff.LaunchId;
import dev.liftoff.notify.Announcement;
import java.time.Duration;

/** One way to reach people. */
public interface Channel {

  /** Its name in a delivery. */
  String name();

  /**
   * Sends it within the limit.
   *
   * @throws Exception when people will not see it; the message says why and holds no secret
   */
  void send(LaunchId launch, Announcement announcement, Duration limit) throws Exception;
}
