package dev.liftoff.activities.notify;

import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Told;

/** One way to reach people. */
public interface Channel {

  /** Its name in a delivery. */
  String name();

  /** Its column in the table of milestones and channels. */
  ChannelKind kind();

  /** Whether the announcement is for it. */
  default boolean hears(Announcement announcement) {
    return announcement.reaches(name(), kind());
  }

  /**
   * Sends it within the limit. What is sent again has the same key; a channel that cannot find out
   * whether people have it marks it as a repeat, and calls it ambiguous.
   *
   * @throws Exception when people will not see it; the message says why and holds no secret
   */
  Told send(Sending sending) throws Exception;
}
