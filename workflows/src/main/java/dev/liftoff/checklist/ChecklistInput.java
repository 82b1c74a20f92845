package dev.liftoff.checklist;

import dev.liftoff.LaunchId;
import dev.liftoff.people.Policy;
import dev.liftoff.plan.PlanDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a launch's checklist begins with, and goes on with from run to run.
 *
 * @param plan as it was given, for the systems that it names
 * @param parts what the plan has: an item whose {@code when} is none of them does not apply
 * @param progress null at the beginning
 * @param asked the number of the last examination that the launch asked for
 * @param told what the launch was told last; null before
 * @param telling how often it was told unasked
 * @param quietAfter from when on the launch wants to hear nothing more; null while it does
 * @param policy who may answer, as it was read last; null before
 * @param nonces of the proofs that were used, and when
 */
public record ChecklistInput(
    LaunchId launch,
    PlanDocument plan,
    ChecklistSpec spec,
    List<String> parts,
    @Nullable Progress progress,
    long asked,
    @Nullable ReadinessSummary told,
    int telling,
    @Nullable Instant quietAfter,
    @Nullable Policy policy,
    Map<String, Instant> nonces) {
  public ChecklistInput {
    parts = List.copyOf(parts);
    nonces = nonces == null ? Map.of() : new TreeMap<>(nonces);
  }

  /** The first run of a list. */
  public static ChecklistInput first(
      LaunchId launch, PlanDocument plan, ChecklistSpec spec, List<String> parts, long asked) {
    return new ChecklistInput(
        launch, plan, spec, parts, null, asked, null, 0, null, null, Map.of());
  }
}
