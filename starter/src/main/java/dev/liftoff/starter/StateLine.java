package dev.liftoff.starter;

import dev.liftoff.metrics.Verdict;
import dev.liftoff.status.LaunchStatus;

/** A launch in one line, for logs: the state, then its facts as key and value. */
final class StateLine {
  private StateLine() {}

  static String of(LaunchStatus status) {
    StringBuilder line = new StringBuilder(status.state().name());
    if (status.milestone() != null) {
      line.append(" at=").append(status.milestone());
    }
    line.append(" weight=").append(status.traffic().planned().percent());
    if (status.judged() != null) {
      line.append(" verdict=").append(word(status.judged().verdict()));
    }
    if (status.awaited() != null) {
      line.append(" gate=").append(status.awaited().gate());
    }
    return line.append(" because=\"")
        .append(status.because().replace('"', '\''))
        .append('"')
        .toString();
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass _ -> "pass";
      case Verdict.Fail _ -> "fail";
      case Verdict.NoData _ -> "no-data";
      case Verdict.NotYet _ -> "not-yet";
      case Verdict.Hold _ -> "hold";
    };
  }
}
