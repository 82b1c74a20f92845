package dev.liftoff.plan;

import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Notifications;
import dev.liftoff.notify.Occasion;
import java.time.Duration;
import java.util.Set;

/** Reads who is told of what. */
final class NotificationsReader {
  private NotificationsReader() {}

  static Notifications read(Section notifications) {
    Notifications read =
        new Notifications(
            notifications.duration(
                "notAfter", Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofDays(1)),
            Set.copyOf(notifications.texts("required", NotificationsReader::required)),
            notifications.map(
                "routes",
                Occasion::of,
                (routes, occasion) -> routes.texts(occasion, ChannelKind::of)));
    notifications.noMore();
    return read;
  }

  private static Occasion required(String text) {
    Occasion occasion = Occasion.of(text);
    if (occasion != Occasion.NOTICE) {
      throw new IllegalArgumentException(
          "must be notice, the only message that a launch can wait for, was '" + text + "'");
    }
    return occasion;
  }
}
