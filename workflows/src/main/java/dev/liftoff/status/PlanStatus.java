package dev.liftoff.status;

import dev.liftoff.plan.Amendment;
import java.util.List;

/**
 * Which plan is in force.
 *
 * @param digest sixteen digits of SHA-256; an amendment names the one that it has seen
 * @param amendments how it came from the plan of the start, oldest first
 */
public record PlanStatus(String digest, List<Amendment> amendments) {
  public PlanStatus {
    amendments = amendments == null ? List.of() : List.copyOf(amendments);
  }

  /** Such as {@code 0123456789abcdef, amended 2 times, last by ann}. */
  public String sentence() {
    return amendments.isEmpty()
        ? digest
        : "%s, amended %s, last by %s"
            .formatted(
                digest,
                amendments.size() == 1 ? "once" : amendments.size() + " times",
                amendments.getLast().who());
  }
}
