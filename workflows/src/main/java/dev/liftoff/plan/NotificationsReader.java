package dev.liftoff.plan;

import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Notifications;
import dev.liftoff.notify.Occasion;
import java.time.Duration;

/** Reads who is told of what. */
final class NotificationsReader {
  private NotificationsReader() {}

  static Notifications read(Section notifications) {
    Notifications read =
        new Notifications(
            notifications.duration(
                "notAfter", Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofDays(1)),
            notifications.map(
                "routes",
                Occasion::of,
                (routes, occasion) -> routes.texts(occasion, ChannelKind::of)));
    notifications.noMore();
    return read;
  }
}
