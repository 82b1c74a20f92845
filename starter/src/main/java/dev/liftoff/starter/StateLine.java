package dev.liftoff.starter;

import dev.liftoff.checklist.ReadinessSummary;
import dev.liftoff.checklist.Score;
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
    if (status.readiness() != null) {
      line.append(" readiness=").append(readiness(status.readiness()));
    }
    if (status.alerts() != null) {
      line.append(" alerts=").append(AlertsText.word(status.alerts()));
    }
    return line.append(" because=\"")
        .append(status.because().replace('"', '\''))
        .append('"')
        .toString();
  }

  private static String readiness(ReadinessSummary readiness) {
    String score = readiness.number() == 0 ? "not-known" : Score.text(readiness.tenths());
    return score + (readiness.ready() ? "" : ",not-ready");
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
