package dev.liftoff.compatibility;

import dev.liftoff.probe.ProbeResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version on the copy.
 *
 * @param image that ran, pinned
 * @param trouble why it could not be asked at all, in one sentence; null when it could
 * @param checks in the order of the plan; empty when they were not run
 */
public record TrialRun(
    TrialRole role, String image, @Nullable String trouble, List<ProbeResult> checks, SqlSeen sql) {
  public TrialRun {
    checks = List.copyOf(checks);
  }
}
