package dev.liftoff.metrics;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first look of trouble that has not gone away since.
 *
 * @param what which limit was breached, or how much evidence there was
 */
public record Sign(Instant at, String what) {
  /** Evidence that no placebo of a calibrated judge has reached; judge.md 3.3. 100 rolls back. */
  public static final double EVIDENCE = 5;

  /**
   * What one more look makes of it. Silence is no recovery.
   *
   * @param readings each held against its limit
   * @param evidence of the judge; 0 where none compares
   * @param blind whether the look could not tell everything
   * @return null once a look sees all and finds no trouble
   */
  public static @Nullable Sign after(
      @Nullable Sign before, Instant at, List<Reading> readings, double evidence, boolean blind) {
    Optional<String> trouble =
        readings.stream()
            .filter(reading -> reading.state() == Reading.State.BREACH)
            .findFirst()
            .map(Sign::words)
            .or(() ->
                Optional.of(String.format(Locale.ROOT, "the judge's evidence is %.3g", evidence))
                    .filter(_ -> evidence >= EVIDENCE));
    if (before != null) {
      return trouble.isPresent() || blind ? before : null;
    }
    return trouble.map(what -> new Sign(at, what)).orElse(null);
  }

  private static String words(Reading reading) {
    return String.format(
        Locale.ROOT,
        "%s is %.4g, limit: %s",
        reading.metric(),
        reading.value(),
        reading.limitSentence());
  }
}
