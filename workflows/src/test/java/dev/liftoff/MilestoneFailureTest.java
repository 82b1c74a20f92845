package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.container.Slot;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import io.temporal.api.history.v1.HistoryEvent;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What fails where, what is undone then, and in which order. */
class MilestoneFailureTest {
  private static final List<String> NOTHING = List.of();
  private static final List<String> CONFIGURATION = List.of("ConfigFilesRestore");
  private static final List<String> BACKUP =
      List.of("DatabaseDiscardScratch", "ConfigFilesRestore");
  private static final List<String> MIGRATION =
      List.of("DatabaseReconcile", "DatabaseDiscardScratch", "ConfigFilesRestore");
  private static final List<String> CANDIDATE =
      List.of(
          "ContainersCapture",
          "ContainersStop",
          "ContainersRemove",
          "DatabaseReconcile",
          "DatabaseDiscardScratch",
          "ConfigFilesRestore");
  private static final List<String> TRAFFIC =
      List.of(
          "TrafficRestore",
          "TrafficDrain",
          "ContainersCapture",
          "ContainersStop",
          "DatabaseReconcile",
          "DatabaseDiscardScratch",
          "ConfigFilesRestore");

  @RegisterExtension final LaunchPad pad = new LaunchPad();

  static List<Arguments> noes() {
    return List.of(
        no(
            "traffic is split",
            Milestone.PREFLIGHT,
            NOTHING,
            "traffic is split",
            pad ->
                pad.traffic.shift(
                    new LaunchId("shop", "test", "v1", "earlier"), Slot.GREEN, new Weight(10))),
        no(
            "a weight cannot be served",
            Milestone.PREFLIGHT,
            NOTHING,
            "cannot serve a weight of 25 %",
            pad -> pad.traffic.servingOnly(Weight.ALL)),
        no(
            "the slot is taken",
            Milestone.PREFLIGHT,
            NOTHING,
            "slot green is taken by shop-test-green with version v0",
            pad -> pad.runOn(Slot.GREEN, "v0")),
        no(
            "monitoring is blind",
            Milestone.PREFLIGHT,
            NOTHING,
            "what is not measured is never green",
            pad -> pad.blindFor(Duration.ofDays(1))),
        no(
            "a preflight check fails",
            Milestone.PREFLIGHT,
            NOTHING,
            "check 'disk' failed: wrong (simulated), limit right",
            pad -> pad.probe.failing("disk")),
        no(
            "a preflight check is not measured",
            Milestone.PREFLIGHT,
            NOTHING,
            "check 'disk' could not be measured",
            pad -> pad.probe.blind("disk")),
        no(
            "no such image",
            Milestone.PREPARE,
            NOTHING,
            "image shop:v2 is in no simulated registry",
            pad -> pad.containers.withoutImage("shop:v2")),
        no(
            "a configuration file is missing",
            Milestone.PREPARE,
            CONFIGURATION,
            "/etc/shop.conf does not exist",
            pad -> pad.files.remove("/etc/shop.conf")),
        no(
            "the backup is not proven",
            Milestone.BACKUP,
            BACKUP,
            "the backup is not proven: public.orders came back with other content",
            pad -> pad.database.backupNotProven()),
        no(
            "the migration fails",
            Milestone.MIGRATE,
            MIGRATION,
            "failed: no such column",
            pad -> pad.database.migrationFailing("no such column")),
        no(
            "the candidate does not start",
            Milestone.START_GREEN,
            CANDIDATE,
            "its last words: out of memory",
            pad -> pad.containers.failingToStart("out of memory")),
        no(
            "an error in its logs",
            Milestone.START_GREEN,
            CANDIDATE,
            "match an error pattern, such as: FATAL no disk",
            pad -> pad.containers.logging("FATAL no disk")),
        no(
            "a health check fails",
            Milestone.HEALTH,
            CANDIDATE,
            "check 'live' failed",
            pad -> pad.probe.failing("live")),
        no(
            "a health check is not measured",
            Milestone.HEALTH,
            CANDIDATE,
            "check 'live' could not be measured",
            pad -> pad.probe.blind("live")),
        no(
            "the candidate does not answer through the proxy",
            Milestone.GO_LIVE,
            TRAFFIC,
            "does not serve through the proxy",
            pad -> pad.traffic.kill(Slot.GREEN)),
        no(
            "a few requests fail",
            Milestone.GO_LIVE,
            TRAFFIC,
            "availability below 0.95 for 1 min",
            pad -> pad.metrics.failingAt(new Weight(25))),
        no(
            "all requests fail",
            Milestone.GO_LIVE,
            TRAFFIC,
            "availability below 0.95 for 1 min",
            pad -> pad.metrics.failingAt(Weight.ALL)),
        no(
            "a validation check fails",
            Milestone.VALIDATION_15M,
            TRAFFIC,
            "check 'orders' failed",
            pad -> pad.probe.failing("orders")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("noes")
  void aNoRollsBackWhatWasDoneLastFirst(
      String what, Milestone at, List<String> undone, String reason, Consumer<LaunchPad> trouble) {
    trouble.accept(pad);

    Outcome outcome =
        pad.launch(
            Plans.brief(plan -> {
              plan.withObject("/container").set("errorPatterns", Plans.list("FATAL"));
              plan.withObject("/checks")
                  .set(
                      "validation-15m",
                      Plans.list(
                          Plans.json(
                              "{\"type\": \"http\", \"name\": \"orders\", \"url\": \"http://shop/orders\"}")));
            }));

    assertThat(outcome).isInstanceOf(Outcome.RolledBack.class);
    assertThat(((Outcome.RolledBack) outcome).at()).isEqualTo(at);
    assertThat(((Outcome.RolledBack) outcome).reason()).contains(reason);
    assertThat(outcome.leftovers()).isEmpty();
    assertThat(undone()).isEqualTo(undone);
    if (!what.equals("traffic is split")) {
      assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.BLUE, Weight.ALL));
    }
    assertThat(pad.containers.exists("shop-test-blue")).isTrue();
  }

  /** What ran on the way back, in order. */
  private List<String> undone() {
    return pad.history().stream()
        .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
        .filter(event -> LaunchPad.summary(event).startsWith("Undo: "))
        .map(event -> event.getActivityTaskScheduledEventAttributes().getActivityType().getName())
        .toList();
  }

  static List<Arguments> steps() {
    return List.of(
        step("TrafficRead", Milestone.PREFLIGHT),
        step("ContainersRunning", Milestone.PREFLIGHT),
        step("DatabaseInspect", Milestone.PREFLIGHT),
        step("ProbeCheck", Milestone.PREFLIGHT),
        step("MetricsRead", Milestone.PREFLIGHT),
        step("ContainersPin", Milestone.PREPARE),
        step("ConfigFilesSave", Milestone.PREPARE),
        step("DatabaseBackUp", Milestone.BACKUP),
        step("DatabaseProveAndKeep", Milestone.BACKUP),
        step("DatabaseRehearse", Milestone.BACKUP),
        step("DatabaseMigrate", Milestone.MIGRATE),
        step("DatabaseVerify", Milestone.MIGRATE),
        step("ContainersStart", Milestone.START_GREEN),
        step("ContainersScanLogs", Milestone.START_GREEN),
        step("ProbeWarmUp", Milestone.HEALTH),
        step("TrafficShift", Milestone.GO_LIVE));
  }

  @ParameterizedTest
  @MethodSource("steps")
  void aPermanentFaultIsNotRepeatedAndRollsBack(String activity, Milestone at) {
    pad.turnstile.before(
        activity,
        () -> {
          throw FailureType.DATABASE_REFUSED.permanent("the fault of " + activity);
        });

    Outcome outcome = pad.launch(new PlanDocument(Plans.brief()));

    assertThat(outcome)
        .isEqualTo(new Outcome.RolledBack(at, "the fault of " + activity, List.of()));
    assertThat(pad.turnstile.times(activity)).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("steps")
  void aStepThatKeepsFailingIsGivenUpInTimeAndRollsBack(String activity, Milestone at) {
    pad.turnstile.before(
        activity,
        () -> {
          throw new IllegalStateException("away");
        });

    Outcome outcome =
        pad.launch(Plans.brief(plan -> plan.withObject("/limits").put("step", "30s")));

    assertThat(outcome).isInstanceOf(Outcome.RolledBack.class);
    assertThat(((Outcome.RolledBack) outcome).at()).isEqualTo(at);
    assertThat(((Outcome.RolledBack) outcome).reason()).contains("away");
    assertThat(pad.turnstile.times(activity)).isGreaterThan(1);
  }

  @Test
  void aStepThatFailsNowAndThenIsRepeatedAndChangesNothing() {
    pad.traffic.failing(3);

    Outcome outcome = pad.launch(new PlanDocument(Plans.brief()));

    assertThat(outcome).isEqualTo(new Outcome.Launched("v2", List.of()));
  }

  @Test
  @Recorded
  void aFailedMigrationLeavesTheOldVersionServing() {
    pad.database.migrationFailing("no such column");

    pad.launch(new PlanDocument(Plans.brief()));

    assertThat(pad.database.version()).isEqualTo("1");
    assertThat(pad.timeline())
        .contains(
            "UNDO liftoff: find out what the migration left: schema at 1; the service works as before, by itself; rows are untouched, migrations that were applied stay");
  }

  @Test
  @Recorded
  void aCandidateThatNeverHadTrafficIsRemovedAndItsEvidenceKept() {
    pad.probe.failing("live");

    pad.launch(new PlanDocument(Plans.brief()));

    assertThat(pad.containers.exists("shop-test-green")).isFalse();
    assertThat(pad.timeline())
        .anyMatch(line ->
            line.startsWith("UNDO liftoff: stop green, keep its evidence: exit code 143, removed"));
  }

  @Test
  @Recorded
  void aCandidateThatHadTrafficIsKeptStopped() {
    pad.metrics.failingAt(new Weight(25));

    pad.launch(new PlanDocument(Plans.brief()));

    assertThat(pad.containers.exists("shop-test-green")).isTrue();
    assertThat(pad.timeline())
        .anyMatch(line -> line.contains("exit code 143, kept stopped; evidence in"));
  }

  @Test
  void configurationThatTheLaunchChangedIsRestored() {
    pad.probe.failing("live");
    pad.turnstile.after(
        "ContainersStart", () -> pad.files.write("/etc/shop.conf", "colour = green"));

    pad.launch(new PlanDocument(Plans.brief()));

    assertThat(pad.files.read("/etc/shop.conf")).isEqualTo("colour = blue");
  }

  @Test
  void rowsWrittenWhileTheNewVersionServedAreKept() {
    pad.metrics.failingAt(Weight.ALL);
    pad.turnstile.after("TrafficShift", () -> pad.database.write("order 4"));

    pad.launch(new PlanDocument(Plans.brief()));

    assertThat(pad.database.rows()).contains("order 4");
  }

  @ParameterizedTest
  @EnumSource(
      value = Milestone.class,
      names = {"VALIDATION_15M", "VALIDATION_30M", "CHECKPOINT_2H", "CHECKPOINT_4H"})
  void aBreachedLimitAtAValidationRollsBack(Milestone milestone) {
    pad.start(
        Plans.brief(plan -> {
          TrialTest.tried(plan);
          plan.withObject("/metrics")
              .set(
                  "limits",
                  Plans.list(
                      Plans.json(
                          "{\"metric\": \"error-rate\", \"above\": 0.05, \"lasting\": \"1h\"}")));
        }));
    pad.awaitNext(milestone);
    pad.metrics.failingAt(Weight.ALL);

    Outcome outcome = pad.outcome();

    assertThat(outcome).isInstanceOf(Outcome.RolledBack.class);
    assertThat(((Outcome.RolledBack) outcome).at()).isEqualTo(milestone);
    assertThat(((Outcome.RolledBack) outcome).reason())
        .contains("error-rate above 0.05 for 60 min: 0.3000 of 100000 samples");
  }

  private static Arguments no(
      String what, Milestone at, List<String> undone, String reason, Consumer<LaunchPad> trouble) {
    return Arguments.of(what, at, undone, reason, trouble);
  }

  private static Arguments step(String activity, Milestone at) {
    return Arguments.of(activity, at);
  }
}
