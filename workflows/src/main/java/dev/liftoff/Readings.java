package dev.liftoff;

import dev.liftoff.metrics.Reading;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.traffic.Drained;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Measurements in one line, for the timeline. */
final class Readings {
  private Readings() {}

  static String line(List<Reading> readings) {
    return readings.isEmpty()
        ? "not measured"
        : readings.stream().map(Readings::one).collect(Collectors.joining(", "));
  }

  static String line(ProbeResult result) {
    String state =
        switch (result.state()) {
          case PASS -> "passed";
          case FAIL -> "failed";
          case NO_DATA -> "could not be measured";
        };
    return "check '"
        + result.check()
        + "' "
        + state
        + ": "
        + result.value()
        + ", limit "
        + result.limit();
  }

  static String line(Drained drained) {
    return drained.empty()
        ? "no request in flight"
        : drained.inFlight() < 0
            ? "requests in flight not known"
            : drained.inFlight() + " requests still in flight";
  }

  static String breach(Reading reading) {
    return "%s is %s with %d samples, limit: %s"
        .formatted(reading.metric(), value(reading.value()), reading.samples(), reading.limit());
  }

  static String unseen(Reading reading) {
    return reading.metric() + " is not measured: " + reading.why();
  }

  private static String one(Reading reading) {
    return reading.metric() + " " + value(reading.value());
  }

  private static String value(@Nullable Double value) {
    return value == null ? "not measured" : String.format(Locale.ROOT, "%.4g", value);
  }
}
