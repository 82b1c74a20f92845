package dev.liftoff.watch;

import dev.liftoff.metrics.Reading;
import dev.liftoff.metrics.watched.Baselines;
import dev.liftoff.metrics.watched.Reference;
import dev.liftoff.metrics.watched.Thing;
import dev.liftoff.metrics.watched.Watched;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.traffic.Drained;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Measurements in one line, for the timeline. */
public final class Readings {
  private Readings() {}

  public static String line(List<Reading> readings) {
    return readings.isEmpty()
        ? "not measured"
        : readings.stream().map(Readings::one).collect(Collectors.joining(", "));
  }

  /** What the watched things were before the launch, and which of them nobody measured. */
  public static String line(Baselines before, List<Thing> things) {
    return things.stream()
        .map(thing -> thing.name() + " " + line(before.of(thing), thing))
        .collect(Collectors.joining(", "));
  }

  private static String line(Reference reference, Thing thing) {
    return reference.value() == null
        ? "not measured: " + reference.why()
        : thing.text(reference.value());
  }

  /** What is as it was in short, the rest with its sentence. */
  static String watched(List<Watched> things) {
    return things.stream()
        .map(thing ->
            thing.state() == Watched.State.OK
                ? "%s %s, was %s"
                    .formatted(
                        thing.name(),
                        thing.text(thing.value()),
                        thing.text(thing.references().getFirst().value()))
                : thing.line())
        .collect(Collectors.joining("; "));
  }

  public static String line(ProbeResult result) {
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

  public static String line(Drained drained) {
    return drained.empty()
        ? "no request in flight"
        : drained.inFlight() < 0
            ? "requests in flight not known"
            : drained.inFlight() + " requests still in flight";
  }

  public static String breach(Reading reading) {
    return "%s is %s with %d samples, limit: %s"
        .formatted(
            reading.metric(), value(reading.value()), reading.samples(), reading.limitSentence());
  }

  public static String unseen(Reading reading) {
    return reading.metric() + " is not measured: " + reading.why();
  }

  private static String one(Reading reading) {
    return reading.metric() + " " + value(reading.value());
  }

  private static String value(@Nullable Double value) {
    return value == null ? "not measured" : String.format(Locale.ROOT, "%.4g", value);
  }
}
