package dev.liftoff.activities.notify;

import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Told;
import dev.liftoff.notify.form.Sending;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The worker's own log, which is always there, and has every message. */
public final class LogChannel implements Channel {
  private static final Logger log = LoggerFactory.getLogger(LogChannel.class);
  private static final String NAME = "log";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ChannelKind kind() {
    return ChannelKind.WEBHOOK;
  }

  @Override
  public boolean hears(Announcement announcement) {
    return announcement.routing() == null
        || announcement.routing().only().isEmpty()
        || announcement.routing().only().contains(NAME);
  }

  @Override
  public Told send(Sending sending) {
    Announcement announcement = sending.announcement();
    log.atLevel(
            switch (announcement.severity()) {
              case INFORMATION -> Level.INFO;
              case WARNING -> Level.WARN;
              case CRITICAL -> Level.ERROR;
            })
        .log(
            "announced launch={} key={} title={} facts={}",
            sending.launch(),
            announcement.key(),
            oneLine(announcement.title()),
            oneLine(announcement.facts().toString()));
    return Told.sent(NAME, null);
  }

  @Override
  public Standing standing(Duration limit) {
    return Standing.ready("is the worker's own");
  }

  /** So that no announcement can write a line of the log. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}
