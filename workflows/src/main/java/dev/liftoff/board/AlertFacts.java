package dev.liftoff.board;

import dev.liftoff.Waits;
import dev.liftoff.alerts.Firing;
import dev.liftoff.status.AlertsStatus;
import dev.liftoff.status.AlertsStatus.Silences;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The alerts as they were seen last, and what is silenced. */
public final class AlertFacts {
  private final boolean watched;
  private final Runnable changed;
  private Firing firing = new Firing(List.of(), List.of(), null);
  private @Nullable Instant seenAt;
  private @Nullable Silences silences;

  AlertFacts(boolean watched, Runnable changed) {
    this.watched = watched;
    this.changed = changed;
  }

  public void see(Firing now) {
    firing = now;
    seenAt = Waits.now();
    changed.run();
  }

  public Firing firing() {
    return firing;
  }

  public void silenced(List<String> lines, Instant until) {
    tell(new Silences(lines, until, null, null));
  }

  public void silencingFailed(Instant until, String why) {
    tell(
        new Silences(
            List.of(),
            until,
            null,
            "nobody knows whether anything is silenced, until " + until + " at most: " + why));
  }

  public void heardAgain(Instant until) {
    tell(new Silences(lines(), until, Waits.now(), null));
  }

  public void notHeardAgain(Instant until, String sentence) {
    tell(new Silences(lines(), until, null, sentence));
  }

  /** Null where the plan watches no alerts. */
  @Nullable AlertsStatus status() {
    if (!watched) {
      return null;
    }
    return seenAt == null
        ? AlertsStatus.notAsked(silences)
        : AlertsStatus.of(firing, seenAt, silences);
  }

  private List<String> lines() {
    return silences == null ? List.of() : silences.lines();
  }

  private void tell(Silences told) {
    silences = told;
    changed.run();
  }
}
