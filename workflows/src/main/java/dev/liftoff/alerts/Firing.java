package dev.liftoff.alerts;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The watched alerts that fire now.
 *
 * @param abort those that no launch goes on with, silenced or not
 * @param others the rest
 * @param unseen why nobody knows; null when the alerts were read. What is not known is not green
 */
public record Firing(List<Alert> abort, List<Alert> others, @Nullable String unseen) {
  public Firing {
    abort = abort.stream().sorted().toList();
    others = others.stream().sorted().toList();
  }

  public static Firing of(AlertsSpec spec, List<Alert> firing) {
    return new Firing(
        firing.stream().filter(spec::aborts).toList(),
        firing.stream().filter(alert -> !spec.aborts(alert)).toList(),
        null);
  }

  public static Firing unseen(String why) {
    return new Firing(List.of(), List.of(), why);
  }

  /**
   * The same for the same alerts of the abort set, whoever silences them meanwhile. What was not
   * read has a digest of its own: who voted on alerts that he saw did not vote on silence.
   */
  public String digest() {
    return unseen == null
        ? abort.stream().map(alert -> alert.labels().toString()).collect(Collectors.joining(";"))
        : "unseen";
  }

  /** Such as {@code 1 alert fires: HighErrors (severity=critical)}. */
  public String sentence() {
    int all = abort.size() + others.size();
    if (unseen != null) {
      return "alerts are not known: " + unseen;
    }
    return all == 0
        ? "no alert fires"
        : "%d of the alerts that end a launch, and %d others: %s"
            .formatted(abort.size(), others.size(), names());
  }

  private String names() {
    return java.util.stream.Stream.concat(abort.stream(), others.stream())
        .map(Alert::sentence)
        .limit(10)
        .collect(Collectors.joining("; "));
  }
}
