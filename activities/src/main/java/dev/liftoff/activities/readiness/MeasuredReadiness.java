package dev.liftoff.activities.readiness;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.SideBySide;
import dev.liftoff.activities.container.EngineSight;
import dev.liftoff.activities.notify.Channel;
import dev.liftoff.activities.probe.Sentence;
import dev.liftoff.checklist.ChecklistItem;
import dev.liftoff.checklist.Examination;
import dev.liftoff.checklist.Readiness;
import dev.liftoff.checklist.Subject;
import dev.liftoff.metrics.Metrics;
import dev.liftoff.plan.InvalidPlan;
import dev.liftoff.plan.LaunchPlan;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.plan.PlanReader;
import dev.liftoff.probe.Check;
import dev.liftoff.probe.Probe;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.traffic.Traffic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Answers the automatic items of a checklist from the systems themselves. */
public final class MeasuredReadiness implements Readiness {
  /** So that what is asked can say itself that it got no answer. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final Set<Subject> LONG = EnumSet.of(Subject.PLAN_CHECKS, Subject.CHANNELS);

  /**
   * How patient it is, and where it looks on this host.
   *
   * @param itemLimit of one item
   * @param longLimit of one that runs the plan's checks, or asks several channels
   * @param endToEndLimit of one that runs the plan's end-to-end tests
   * @param artifacts folder of the restore points
   * @param binaries folder of {@code pg_dump}; null for the ones that fit the server
   * @param scans folder of scanners' reports, {@code <service>-<version>.json}
   */
  public record Settings(
      Duration itemLimit,
      Duration longLimit,
      Duration endToEndLimit,
      Path artifacts,
      @Nullable Path binaries,
      Path scans) {
    public static Settings in(Path artifacts) {
      return new Settings(
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofMinutes(15),
          artifacts,
          null,
          artifacts.resolve("scans"));
    }
  }

  /**
   * The other adapters. Their heartbeats are not the activity's: items are answered on threads of
   * their own.
   *
   * @param engine null for a worker without a container engine
   */
  public record Surroundings(
      Secrets secrets,
      Probe probe,
      Traffic traffic,
      Metrics metrics,
      List<Channel> channels,
      TaskQueues taskQueues,
      @Nullable EngineSight engine) {}

  private final Settings settings;
  private final Surroundings around;
  private final Heartbeat heartbeat;
  private final DatabaseSight database;
  private final BackupSubjects backups;
  private final EngineSubjects engine;
  private final ProbeSubjects probes;
  private final MetricSubjects metrics;
  private final ChannelSubjects channels;
  private final SecretSubjects secrets;
  private final ImageScan scan;

  public MeasuredReadiness(Settings settings, Surroundings around, Heartbeat heartbeat) {
    this.settings = settings;
    this.around = around;
    this.heartbeat = heartbeat;
    this.database = new DatabaseSight(around.secrets());
    this.backups = new BackupSubjects(settings.artifacts(), settings.binaries(), around.secrets());
    this.engine = new EngineSubjects(around.engine(), around.traffic());
    this.probes = new ProbeSubjects(around.probe(), engine);
    this.metrics = new MetricSubjects(around.metrics(), around.traffic());
    this.channels = new ChannelSubjects(around.channels());
    this.secrets = new SecretSubjects(around.secrets());
    this.scan = new ImageScan(settings.scans(), around.engine());
  }

  @Override
  public List<ProbeResult> examine(LaunchId launch, PlanDocument plan, List<ChecklistItem> items) {
    try {
      return examine(launch, plan, PlanReader.read(plan.json()), items);
    } catch (InvalidPlan invalid) {
      return items.stream()
          .map(item ->
              ProbeResult.noData(
                  item.id(), "the plan cannot be read: " + invalid.problems().getFirst(), ""))
          .toList();
    }
  }

  private List<ProbeResult> examine(
      LaunchId launch, PlanDocument plan, LaunchPlan read, List<ChecklistItem> items) {
    List<Callable<ProbeResult>> looks =
        items.stream()
            .<Callable<ProbeResult>>map(item -> () -> answer(launch, read, plan, item))
            .toList();
    Duration longest =
        items.stream()
            .map(item -> patience(read, subject(item)))
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    return heartbeat.during(() -> items.size() + " items", () -> answers(looks, longest));
  }

  /** Each has a limit of its own; this one is for a thread that was lost. */
  private List<ProbeResult> answers(List<Callable<ProbeResult>> looks, Duration longest) {
    return SideBySide.run(
        looks,
        longest.plus(GRACE).plus(GRACE),
        failure -> ProbeResult.noData("", Sentence.of(around.secrets(), failure), ""));
  }

  private static Subject subject(ChecklistItem item) {
    return Objects.requireNonNull(item.examination()).subject();
  }

  private ProbeResult answer(
      LaunchId launch, LaunchPlan plan, PlanDocument document, ChecklistItem item) {
    Examination examination = Objects.requireNonNull(item.examination());
    Asked asked =
        new Asked(launch, plan, document, examination, patience(plan, examination.subject()));
    Seen seen =
        SideBySide.run(
                List.<Callable<Seen>>of(() -> look(asked)),
                asked.patience().plus(GRACE),
                failure -> unseen(failure, asked))
            .getFirst();
    return new ProbeResult(
        item.id(), seen.state(), Sentence.of(around.secrets(), seen.value()), seen.limit());
  }

  private Seen unseen(Throwable failure, Asked asked) {
    String why = Sentence.of(around.secrets(), failure);
    return Seen.noData(
        failure instanceof java.util.concurrent.TimeoutException
            ? why + ": nothing came within %d s".formatted(asked.patience().toSeconds())
            : why,
        asked.examination().limit() == null
            ? Objects.requireNonNullElse(asked.subject().usualLimit(), "")
            : asked.examination().limit());
  }

  private Duration patience(LaunchPlan plan, Subject subject) {
    if (subject == Subject.END_TO_END) {
      Duration tests = Check.longestContainer(plan.containerChecks());
      return settings.endToEndLimit().compareTo(tests) > 0 ? settings.endToEndLimit() : tests;
    }
    return LONG.contains(subject) ? settings.longLimit() : settings.itemLimit();
  }

  private Seen look(Asked asked) throws Exception {
    return switch (asked.subject()) {
      case PLAN_CHECKS -> probes.planChecks(asked);
      case CERTIFICATES -> probes.certificates(asked);
      case END_TO_END -> probes.endToEnd(asked);
      case DNS -> HostSubjects.dns(asked);
      case DISK -> Room.of(folders(asked), asked.percent());
      case MEMORY -> Room.memory(asked.percent());
      case CLOCK -> clock(asked);
      case SECRETS -> secrets.present(asked);
      case SECRET_FILES -> secrets.files(asked);
      case CONFIGURATION -> HostSubjects.configuration(asked);
      case WORKERS -> workers(asked);
      case ENGINE -> engine.engine();
      case ENGINE_DISK -> engine.disk(asked);
      case IMAGE -> engine.image(asked);
      case IMAGE_SCAN -> scan.look(asked);
      case CANDIDATE_ADDRESS -> engine.candidateAddress(asked);
      case BASELINE -> engine.baseline(asked);
      case BASELINE_IMAGE -> engine.baselineImage(asked);
      case PROXY -> engine.proxy(asked);
      case DATABASE -> database.at(asked, Writability::at);
      case REPLICAS -> database.at(asked, new ReplicaSubjects(asked)::streaming);
      case REPLICATION_LAG -> database.at(asked, new ReplicaSubjects(asked)::lag);
      case CONNECTIONS -> database.at(asked, new SessionSubjects(asked)::connections);
      case LONG_TRANSACTIONS -> database.at(asked, new SessionSubjects(asked)::longTransactions);
      case PREPARED_TRANSACTIONS -> database.at(asked, new SessionSubjects(asked)::prepared);
      case WAL_ARCHIVING -> database.at(asked, new StorageSubjects(asked)::archiving);
      case INVALID_INDEXES -> database.at(asked, new StorageSubjects(asked)::indexes);
      case TRANSACTION_IDS -> database.at(asked, new StorageSubjects(asked)::transactionIds);
      case SEQUENCES -> database.at(asked, new StorageSubjects(asked)::sequences);
      case CHECKSUMS -> database.at(asked, new StorageSubjects(asked)::checksums);
      case REPLICATION_SLOTS -> database.at(asked, new StorageSubjects(asked)::slots);
      case RESTORE_POINT ->
          database.at(asked, connection -> backups.restorePoint(asked, connection));
      case BACKUP_TOOLS -> database.at(asked, backups::tools);
      case MIGRATIONS -> backups.migrations(asked);
      case PROMETHEUS -> new PrometheusSubjects(asked).ready();
      case TARGETS -> new PrometheusSubjects(asked).targets();
      case ALERT_RULES -> new PrometheusSubjects(asked).rules();
      case ALERTS -> new PrometheusSubjects(asked).alerts();
      case LIMITS -> metrics.limits(asked);
      case HISTORY -> metrics.history(asked);
      case CHANNELS -> channels.all(asked);
      case ON_CALL -> channels.onCall(asked);
    };
  }

  private List<Path> folders(Asked asked) {
    return asked.names().isEmpty()
        ? List.of(settings.artifacts())
        : asked.names().stream().map(Path::of).toList();
  }

  /** Where there is no database, Prometheus has a clock too. */
  private Seen clock(Asked asked) throws Exception {
    if (asked.plan().database() == null) {
      return new PrometheusSubjects(asked).clock();
    }
    return database.at(
        asked,
        connection ->
            Clocks.compared(
                "the database",
                asked.duration(),
                () ->
                    Rows.one(
                        connection,
                        "SELECT clock_timestamp()",
                        row -> row.getTimestamp(1).toInstant())));
  }

  private Seen workers(Asked asked) throws Exception {
    String limit = "each queue has a worker";
    List<TaskQueues.Staff> staff = around.taskQueues().staff(asked.patience());
    String value = String.join(", ", staff.stream().map(TaskQueues.Staff::words).toList());
    return staff.isEmpty()
        ? Seen.noData("this worker knows no task queue", limit)
        : Seen.held(staff.stream().allMatch(TaskQueues.Staff::complete), value, limit);
  }
}
