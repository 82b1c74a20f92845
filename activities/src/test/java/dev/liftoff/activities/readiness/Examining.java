package dev.liftoff.activities.readiness;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.LaunchId;
import dev.liftoff.Plans;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.container.EngineSight;
import dev.liftoff.activities.metrics.PrometheusMetrics;
import dev.liftoff.activities.notify.Channel;
import dev.liftoff.activities.probe.NetworkProbe;
import dev.liftoff.checklist.ChecklistItem;
import dev.liftoff.checklist.EvidenceKind;
import dev.liftoff.checklist.Examination;
import dev.liftoff.checklist.ItemKind;
import dev.liftoff.checklist.Subject;
import dev.liftoff.container.Slot;
import dev.liftoff.gate.Role;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.simulation.SimulatedTraffic;
import dev.liftoff.traffic.Traffic;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One question after the other to the adapter, about a plan that a test changes as it likes. */
final class Examining {
  static final LaunchId LAUNCH = LaunchId.parse("shop/test/v2/1");
  static final String PASSWORD = "pl4nted-Passw0rd";

  final ObjectNode plan = Plans.small();
  final Path folder;
  Secrets secrets = new Secrets(Map.of("SHOP_PASSWORD", PASSWORD, "WRONG", "wr0ng-Passw0rd"));
  Duration itemLimit = Duration.ofSeconds(10);
  Traffic traffic = new SimulatedTraffic();
  List<Channel> channels = List.of();
  TaskQueues taskQueues = _ -> List.of();
  @Nullable EngineSight engine;

  /**
   * @param folder of what launches keep
   */
  Examining(Path folder) {
    this.folder = folder;
  }

  ProbeResult of(Subject subject) {
    return of(subject, null);
  }

  ProbeResult of(Subject subject, @Nullable String limit, String... names) {
    return all(item(subject.word(), subject, limit, names)).getFirst();
  }

  List<ProbeResult> all(ChecklistItem... items) {
    try (NetworkProbe probe =
        new NetworkProbe(new NetworkProbe.Settings(itemLimit), secrets, Heartbeat.none())) {
      return readiness(probe).examine(LAUNCH, new PlanDocument(plan), List.of(items));
    }
  }

  private MeasuredReadiness readiness(NetworkProbe probe) {
    return new MeasuredReadiness(
        new MeasuredReadiness.Settings(
            itemLimit,
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            folder,
            null,
            folder.resolve("scans")),
        new MeasuredReadiness.Surroundings(
            secrets,
            probe,
            traffic,
            new PrometheusMetrics(
                new PrometheusMetrics.Settings(Duration.ofSeconds(5), Clock.systemUTC())),
            channels,
            taskQueues,
            engine),
        Heartbeat.none());
  }

  static ChecklistItem item(String id, Subject subject, @Nullable String limit, String... names) {
    return new ChecklistItem(
        id,
        "area",
        "question",
        "how",
        Role.DATABASE,
        ItemKind.AUTOMATIC,
        false,
        1,
        EvidenceKind.NONE,
        Duration.ofDays(1),
        null,
        "why",
        new Examination(subject, limit, List.of(names)));
  }

  /** Traffic as it is before a launch. */
  static Traffic all(Slot slot) {
    SimulatedTraffic traffic = new SimulatedTraffic();
    var _ = traffic.restore(LAUNCH, slot);
    return traffic;
  }
}
