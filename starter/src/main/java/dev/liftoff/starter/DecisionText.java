package dev.liftoff.starter;

import dev.liftoff.status.Declaring;
import dev.liftoff.status.LaunchStatus;
import dev.liftoff.status.LaunchStatus.Awaited;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What somebody decides at a gate: read it before the answer. */
final class DecisionText {
  private DecisionText() {}

  static String of(LaunchStatus status, String gate, Session session) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s of %s %s%s in %s"
            .formatted(
                session.paint().bold(gate),
                status.launch().service(),
                status.from() == null ? "" : status.from() + " → ",
                status.to(),
                status.launch().environment()));
    lines.add("  launch     " + status.launch());
    Awaited awaited = status.awaited();
    if (awaited != null) {
      lines.add(
          "  awaited    %s until %s"
              .formatted(
                  awaited.roles().stream().map(Object::toString).collect(Collectors.joining(", ")),
                  Times.until(awaited.until(), session.now())));
      String meaning = Declaring.go(awaited.gate(), status.to());
      if (meaning != null) {
        lines.add("  means      " + meaning);
      }
    }
    lines.add("  state      %s: %s".formatted(status.state(), status.because()));
    lines.add("  traffic    candidate %s".formatted(status.traffic().planned()));
    lines.add(
        "  verdict    "
            + (status.judged() == null
                ? "none yet"
                : StatusText.verdict(status.judged().verdict(), session.paint())));
    failed(status).forEach(check -> lines.add("  check      " + check));
    lines.add(
        "  schema     %s, pending: %s"
            .formatted(
                status.database().schemaNow() == null
                    ? "not looked at"
                    : status.database().schemaNow(),
                status.database().pending().isEmpty()
                    ? "none"
                    : String.join(", ", status.database().pending())));
    if (status.wayBack().database() != null) {
      lines.add("  way back   " + status.wayBack().database());
    }
    return String.join("\n", lines);
  }

  private static List<String> failed(LaunchStatus status) {
    return status.checks().stream()
        .filter(check -> !check.passed())
        .map(check ->
            "%s %s: %s (%s)".formatted(check.state(), check.check(), check.value(), check.limit()))
        .toList();
  }
}
