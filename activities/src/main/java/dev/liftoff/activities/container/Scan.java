package dev.liftoff.activities.container;

import dev.liftoff.container.LogScan;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Counts the lines that match a pattern, and keeps the first few. */
final class Scan {
  private static final int EXAMPLES = 5;
  private static final int LONGEST_EXAMPLE = 200;

  private final List<Pattern> patterns;
  private final Masking masking;
  private final List<String> examples = new ArrayList<>();
  private long lines;
  private long matches;

  Scan(List<Pattern> patterns, Masking masking) {
    this.patterns = patterns;
    this.masking = masking;
  }

  void read(String line) {
    lines++;
    if (patterns.stream().anyMatch(each -> each.matcher(line).find())) {
      matches++;
      keep(line);
    }
  }

  LogScan result() {
    return new LogScan(lines, matches, List.copyOf(examples));
  }

  private void keep(String line) {
    if (examples.size() < EXAMPLES) {
      // Masked before it is cut: a cut may leave half a secret, which no mask knows.
      String masked = masking.mask(line);
      examples.add(masked.substring(0, Math.min(masked.length(), LONGEST_EXAMPLE)));
    }
  }
}
