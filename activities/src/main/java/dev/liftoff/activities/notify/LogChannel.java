package dev.liftoff.activities.notify;

import dev.liftoff.LaunchId;
import dev.liftoff.notify.Announcement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The worker's own log, which is always there. */
public final class LogChannel implements Channel {
  private static final Logger log = LoggerFactory.getLogger(LogChannel.class);

  @Override
  public String name() {
    return "log";
  }

  @Override
  public void send(LaunchId launch, Announcement announcement, Duration limit) {
    log.atLevel(
            switch (announcement.severity()) {
              case INFORMATION -> Level.INFO;
              case WARNING -> Level.WARN;
              case CRITICAL -> Level.ERROR;
            })
        .log(
            "announced launch={} key={} title={} facts={}",
            launch,
            announcement.key(),
            oneLine(announcement.title()),
            oneLine(announcement.facts().toString()));
  }

  /** So that no announcement can write a line of the log. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}
