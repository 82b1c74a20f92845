package dev.liftoff.activities.notify;

import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Told;
import dev.liftoff.notify.form.Sending;
import java.io.IOException;
import java.time.Duration;

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

  /**
   * Whether it would take a message, asked within the limit by a call that tells nobody anything.
   *
   * @throws NotSent when it would not
   * @throws IOException when it does not answer
   */
  default Standing standing(Duration limit) throws NotSent, IOException {
    return Standing.unknown(
        "has no call that sends nothing; look for this launch's first message there, and confirm");
  }
}
