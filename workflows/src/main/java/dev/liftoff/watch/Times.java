package dev.liftoff.watch;

import dev.liftoff.Waits;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them. */
final class Times {
  private static final DateTimeFormatter TODAY =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter ANOTHER_DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Times() {}

  /** To the minute, with the day where that is not today's. */
  static String minute(Instant time) {
    boolean today =
        time.atOffset(ZoneOffset.UTC)
            .toLocalDate()
            .equals(Waits.now().atOffset(ZoneOffset.UTC).toLocalDate());
    return (today ? TODAY : ANOTHER_DAY).format(time);
  }
}
