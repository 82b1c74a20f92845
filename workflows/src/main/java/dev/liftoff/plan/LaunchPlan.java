package dev.liftoff.plan;

import dev.liftoff.Milestone;
import dev.liftoff.alerts.AlertsSpec;
import dev.liftoff.checklist.ChecklistSpec;
import dev.liftoff.compatibility.CompatibilitySpec;
import dev.liftoff.config.ConfigFiles;
import dev.liftoff.container.ContainerSpec;
import dev.liftoff.container.ImageReference;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.gate.GateRules;
import dev.liftoff.metrics.JudgeSpec;
import dev.liftoff.metrics.MetricsSpec;
import dev.liftoff.notify.Notifications;
import dev.liftoff.probe.Check;
import dev.liftoff.probe.WarmUp;
import dev.liftoff.traffic.Ramp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a launch will do; what of it can be amended while it runs says {@link Amendable}. Only
 * {@link PlanReader} makes one, so an invalid plan cannot exist.
 *
 * @param commander who answers for it
 * @param launchAt the hour of T+0; null to run the milestones before T+0 back to back
 * @param database null for a service without one
 * @param compatibility how old and new version are tried on the rehearsed schema; null to leave
 *     that out
 * @param configuration files that are saved before the launch and restored by a rollback, see
 *     {@link ConfigFiles}
 * @param checks what must hold at preflight, health and the validations
 * @param stepChecks what must hold after each soak, before the next weight
 * @param gates milestones that wait for a go before they begin; the validation and the reviews,
 *     before they end
 * @param offsets distance of every milestone to T+0
 * @param notifications who is told of what
 * @param briefing who is asked to be there; null to ask nobody
 * @param handOver who takes over at T+60; null to ask nobody
 * @param checklist what must be ready before anything moves; null to ask nothing
 * @param alerts what the Alertmanager is asked; null to ask nothing
 */
public record LaunchPlan(
    String service,
    String environment,
    String version,
    String commander,
    @Nullable Instant launchAt,
    ImageReference image,
    ContainerSpec container,
    WarmUp warmUp,
    @Nullable DatabaseSpec database,
    @Nullable CompatibilitySpec compatibility,
    List<String> configuration,
    Ramp traffic,
    MetricsSpec metrics,
    Map<Milestone, List<Check>> checks,
    List<Check> stepChecks,
    Map<Milestone, GateRules> gates,
    Map<Milestone, Duration> offsets,
    Limits limits,
    Notifications notifications,
    @Nullable BriefingSpec briefing,
    @Nullable HandOverSpec handOver,
    @Nullable ChecklistSpec checklist,
    @Nullable AlertsSpec alerts) {
  public LaunchPlan {
    configuration = List.copyOf(configuration);
    checks = new java.util.TreeMap<>(checks);
    stepChecks = List.copyOf(stepChecks);
    gates = new java.util.TreeMap<>(gates);
    offsets = new java.util.TreeMap<>(offsets);
  }

  /** The same with what an amendment may change of another plan. */
  public LaunchPlan amendedBy(LaunchPlan asked) {
    return new LaunchPlan(
        service,
        environment,
        version,
        commander,
        launchAt,
        image,
        container,
        warmUp,
        database,
        compatibility,
        configuration,
        traffic.stepping(asked.traffic.steps()),
        metrics,
        checks,
        stepChecks,
        asked.gates,
        offsets,
        asked.limits,
        asked.notifications,
        briefing,
        handOver,
        checklist,
        alerts);
  }

  public Duration offset(Milestone milestone) {
    return offsets.getOrDefault(milestone, milestone.defaultOffset());
  }

  /** The milestones that can have a gate. */
  public static Set<Milestone> gated() {
    return Consistency.GATED;
  }

  /** The gate of a milestone, also where the plan has none but somebody else asks for one. */
  public GateRules gate(Milestone milestone) {
    GateRules rules = gates.get(milestone);
    return rules == null ? GateReader.defaultGate() : rules;
  }

  /** The counter of all requests of a slot; null when the plan names none. */
  public @Nullable String requestCounter() {
    JudgeSpec judge = metrics.judge();
    return traffic.requests() != null || judge == null ? traffic.requests() : judge.requests();
  }

  /** Every check that is a container, wherever it runs, each name once. */
  public List<Check> containerChecks() {
    return ChecksReader.containers(checks, stepChecks);
  }

  public List<Check> checksAt(Milestone milestone) {
    return checks.getOrDefault(milestone, List.of());
  }
}
