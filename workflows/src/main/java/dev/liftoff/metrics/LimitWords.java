package dev.liftoff.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a look says of a limit, in sentences, and for how long it has been so. */
record LimitWords(WatchState state, @Nullable Look last) {

  Duration lasted(Limit limit) {
    Instant start = state.breachedSince().get(limit.toString());
    return start == null || last == null ? Duration.ZERO : Duration.between(start, last.at());
  }

  String breached(Limit limit) {
    Reading reading = reading(limit);
    return "%s for %s: %s"
        .formatted(
            limit.bound(),
            words(lasted(limit)),
            reading == null || reading.value() == null || reading.state() == Reading.State.NO_DATA
                ? "not measured now"
                : value(limit, reading, reading.value()));
  }

  String notYet(Limit limit) {
    return "%s since %s, decided after %s"
        .formatted(limit.bound(), words(lasted(limit)), words(limit.lasting()));
  }

  String silence(Limit limit) {
    Reading reading = reading(limit);
    return limit.metric() + " is not measured: " + (reading == null ? "" : reading.why());
  }

  private static String value(Limit limit, Reading reading, double value) {
    String number = String.format(Locale.ROOT, "%.4g", value);
    return limit.metric().isOfRequests()
        ? number + " of " + reading.samples() + " samples"
        : number;
  }

  private @Nullable Reading reading(Limit limit) {
    return last == null ? null : last.against(limit);
  }

  static String words(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds >= 60 && seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
  }
}
