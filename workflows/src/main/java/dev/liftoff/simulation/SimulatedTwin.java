package dev.liftoff.simulation;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.database.Anchor;
import dev.liftoff.database.Barrier;
import dev.liftoff.database.Frozen;
import dev.liftoff.database.RescuePlan;
import dev.liftoff.database.Rescued;
import dev.liftoff.database.RowsTouched;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The copy of the rows from before a frozen migration, and what becomes of it. */
final class SimulatedTwin {
  private static final Duration MOMENT = Duration.ofMillis(5);

  private final Set<String> orders;
  private final SimulatedMigrations migrations;
  private final SimulatedBeside beside;
  private @Nullable LaunchId frozenFor;
  private @Nullable Set<String> opened;
  private Set<String> twin = Set.of();
  private int applied;

  /**
   * @param orders the live rows
   */
  SimulatedTwin(Set<String> orders, SimulatedMigrations migrations, SimulatedBeside beside) {
    this.orders = orders;
    this.migrations = migrations;
    this.beside = beside;
  }

  boolean isFrozen() {
    return frozenFor != null;
  }

  Frozen freeze(LaunchId launch) {
    frozenFor = launch;
    return new Frozen(Instant.now(), 0);
  }

  void unfreeze() {
    frozenFor = null;
  }

  Anchor anchor(LaunchId launch) {
    if (!launch.equals(frozenFor)) {
      throw FailureType.MIGRATION_FAILED.permanent("there is no twin without frozen writes");
    }
    twin = Set.copyOf(orders);
    applied = migrations.count();
    beside.twin(launch);
    return new Anchor("lo_twin", Instant.now(), MOMENT, 4096, 1, orders.size());
  }

  Barrier open() {
    frozenFor = null;
    opened = Set.copyOf(orders);
    return new Barrier(Instant.now(), "1", "0/1");
  }

  Rescued putBack(LaunchId launch) {
    return launch.equals(frozenFor)
        ? taken(launch, Set.of(), Map.of())
        : Rescued.refused(List.of("the service has been let in since"));
  }

  /** Where the service went on writing, the twin is made of the live rows. */
  RescuePlan planOnline(LaunchId launch, @Nullable Integer before) {
    if (before != null && opened == null) {
      applied = before;
      twin = Set.copyOf(orders);
      opened = twin;
      beside.twin(launch);
    }
    return plan(launch);
  }

  RescuePlan plan(LaunchId launch) {
    return new RescuePlan(
        "lo_twin",
        SimulatedBeside.keptAs(launch),
        Map.of("public.orders", new RowsTouched(written().size(), 0, 0)),
        Map.of(),
        MOMENT,
        opened == null ? List.of("there is no twin: writes were not frozen") : List.of(),
        List.of());
  }

  Rescued rescue(LaunchId launch, RescuePlan plan, String typed) {
    return plan.possible() && typed.equals(plan.code())
        ? taken(launch, written(), plan.rows())
        : Rescued.refused(List.of("the numbers are not those of the plan"));
  }

  private Set<String> written() {
    Set<String> written = new TreeSet<>(orders);
    written.removeAll(opened == null ? orders : opened);
    return written;
  }

  private Rescued taken(LaunchId launch, Set<String> since, Map<String, RowsTouched> rows) {
    orders.clear();
    orders.addAll(twin);
    orders.addAll(since);
    migrations.backTo(applied);
    beside.exchange(launch);
    frozenFor = null;
    return new Rescued(true, SimulatedBeside.keptAs(launch), rows, MOMENT, List.of());
  }
}
