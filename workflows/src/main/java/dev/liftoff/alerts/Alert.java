package dev.liftoff.alerts;

import java.util.Map;
import java.util.TreeMap;

/**
 * An alert that fires.
 *
 * @param suppressed whether a silence or another alert keeps it from being told: it fires all the
 *     same
 */
public record Alert(Map<String, String> labels, boolean suppressed) implements Comparable<Alert> {
  public Alert {
    labels = new TreeMap<>(labels);
  }

  public String name() {
    return labels.getOrDefault("alertname", "an alert without a name");
  }

  /** Such as {@code HighErrors (severity=critical, slot=green), silenced}. */
  public String sentence() {
    Map<String, String> others = new TreeMap<>(labels);
    others.remove("alertname");
    String text = others.toString();
    return name()
        + (others.isEmpty() ? "" : " (" + text.substring(1, text.length() - 1) + ")")
        + (suppressed ? ", silenced" : "");
  }

  @Override
  public int compareTo(Alert other) {
    return sentence().compareTo(other.sentence());
  }
}
