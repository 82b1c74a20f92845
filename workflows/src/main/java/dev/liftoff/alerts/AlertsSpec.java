package dev.liftoff.alerts;

import java.net.URI;
import java.util.List;

/**
 * The alerts of a launch: the part of the plan.
 *
 * @param url of the Alertmanager
 * @param watch which alerts are about this service at all
 * @param abort which of those no launch goes on with; one that matches any of them counts
 * @param silence what is silenced from T-15 to the hand-over; never what could be in {@code abort}
 */
public record AlertsSpec(URI url, Matchers watch, List<Matchers> abort, List<Matchers> silence) {
  public AlertsSpec {
    abort = List.copyOf(abort);
    silence = List.copyOf(silence);
  }

  public boolean aborts(Alert alert) {
    return abort.stream().anyMatch(matchers -> matchers.matches(alert.labels()));
  }
}
