package dev.liftoff.activities.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What a shop has measured at the hours that are compared, in the format of OpenMetrics: now,
 * yesterday and a week ago, every 15 s. It was blue that served before the launch, and green a week
 * ago.
 */
final class WeekOfShop {
  private static final Duration STEP = Duration.ofSeconds(15);

  private final Instant now;
  private final Instant zero;
  private final StringBuilder text = new StringBuilder();

  private WeekOfShop(Instant now, Instant zero) {
    this.now = now;
    this.zero = zero;
  }

  /** Up to some minutes from now, so that it is fresh while a test runs. */
  static String until(Instant now, Instant zero) {
    WeekOfShop week = new WeekOfShop(now, zero);
    week.counter("requests", "{slot=\"blue\"}", week::blue);
    week.counter("requests", "{slot=\"green\"}", week::green);
    week.counter("orders", "", at -> week.isUsual(at) ? 0.5 : 1);
    week.counter("none", "", _ -> 0);
    week.gauge("memory_bytes", "{slot=\"blue\"}", at -> 400 + at.getEpochSecond() % 300);
    week.gauge(
        "memory_bytes",
        "{slot=\"green\"}",
        at -> 500 + Duration.between(zero, at).toSeconds() / 60.0);
    week.header("gone_gauge", "gauge");
    week.samples("gone_gauge", at -> at.isAfter(now.minusSeconds(200)) ? Double.NaN : 5);
    return week.text + "# EOF\n";
  }

  private double blue(Instant at) {
    if (at.isBefore(now.minus(Duration.ofDays(3)))) {
      return 0;
    }
    return at.isBefore(zero.minus(Duration.ofHours(3))) ? 195 : at.isBefore(zero) ? 200 : 0;
  }

  private double green(Instant at) {
    return at.isBefore(now.minus(Duration.ofDays(3))) ? 220 : at.isBefore(zero) ? 0 : 140;
  }

  /** Half as many at this hour, as yesterday; more in the hour before the launch. */
  private boolean isUsual(Instant at) {
    return at.isAfter(zero) || at.isBefore(zero.minus(Duration.ofHours(3)));
  }

  private void counter(String name, String labels, ToDoubleFunction<Instant> perSecond) {
    header(name, "counter");
    double[] sum = {0};
    samples(
        name + "_total" + labels, at -> sum[0] += perSecond.applyAsDouble(at) * STEP.toSeconds());
  }

  private void gauge(String name, String labels, ToDoubleFunction<Instant> value) {
    header(name, "gauge");
    samples(name + labels, value);
  }

  private void header(String name, String type) {
    String line = "# TYPE " + name + " " + type + "\n";
    if (text.indexOf(line) < 0) {
      text.append(line);
    }
  }

  private void samples(String series, ToDoubleFunction<Instant> value) {
    for (int days : List.of(7, 1, 0)) {
      Instant middle = now.minus(Duration.ofDays(days));
      Instant end = days == 0 ? now.plus(Duration.ofMinutes(3)) : middle.plus(Duration.ofHours(1));
      for (Instant at = middle.minus(Duration.ofHours(2)); at.isBefore(end); at = at.plus(STEP)) {
        double number = value.applyAsDouble(at);
        if (!Double.isNaN(number)) {
          text.append(
              "%s %s %d\n"
                  .formatted(
                      series, String.format(Locale.ROOT, "%.3f", number), at.getEpochSecond()));
        }
      }
    }
  }
}
