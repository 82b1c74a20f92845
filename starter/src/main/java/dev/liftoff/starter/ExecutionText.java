package dev.liftoff.starter;

import java.util.ArrayList;
import java.util.List;

/** What Temporal knows of a launch, when no worker tells more. */
final class ExecutionText {
  private ExecutionText() {}

  static String of(Execution execution) {
    List<String> lines = new ArrayList<>();
    lines.add("%s %s".formatted(execution.workflowId(), execution.statusWord()));
    lines.add("  run       " + execution.runId());
    lines.add("  started   " + Times.second(execution.started()));
    if (execution.closed() != null) {
      lines.add("  ended     " + Times.second(execution.closed()));
    }
    execution.attributes().forEach((name, value) -> lines.add("  %s = %s".formatted(name, value)));
    execution.pending().forEach(pending -> lines.add(pending(pending)));
    return String.join("\n", lines);
  }

  private static String pending(Execution.Pending pending) {
    return "  step      %s, attempt %d%s"
        .formatted(
            pending.step(),
            pending.attempt(),
            pending.lastFailure() == null ? "" : ", last failure: " + pending.lastFailure());
  }
}
