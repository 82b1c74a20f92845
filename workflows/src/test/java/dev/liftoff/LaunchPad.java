package dev.liftoff;

import dev.liftoff.board.SearchAttributes;
import dev.liftoff.checklist.ChecklistWorkflowImpl;
import dev.liftoff.container.ContainerSpec;
import dev.liftoff.container.Image;
import dev.liftoff.container.ImageReference;
import dev.liftoff.container.Slot;
import dev.liftoff.gate.Command;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.Receipt;
import dev.liftoff.plan.InvalidPlan;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.plan.PlanReader;
import dev.liftoff.simulation.SimulatedAlerts;
import dev.liftoff.simulation.SimulatedChecklists;
import dev.liftoff.simulation.SimulatedCompatibility;
import dev.liftoff.simulation.SimulatedConfigFiles;
import dev.liftoff.simulation.SimulatedContainers;
import dev.liftoff.simulation.SimulatedDatabase;
import dev.liftoff.simulation.SimulatedIdentity;
import dev.liftoff.simulation.SimulatedMetrics;
import dev.liftoff.simulation.SimulatedNotifier;
import dev.liftoff.simulation.SimulatedProbe;
import dev.liftoff.simulation.SimulatedReadiness;
import dev.liftoff.simulation.SimulatedTraffic;
import dev.liftoff.status.LaunchStatus;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.timeline.TimelineEntry;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A launch on Temporal's time-skipping server with a simulated world, in which v1 serves on blue.
 * As an extension it is new for each test and closed after it.
 */
final class LaunchPad implements AfterEachCallback {
  static final String WORKFLOW_ID = LaunchId.workflowId("shop", "test");

  private static final Duration STEP = Duration.ofSeconds(20);
  private static final Duration COARSE = Duration.ofMinutes(5);
  private static final int FINE_STEPS = 900;

  /** Of real time: far more than a machine needs that is busy with other things. */
  private static final Duration END_LIMIT = Duration.ofMinutes(3);

  private static final Duration UNTIL_LIMIT = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(2);
  private static final int MOST_STEPS = 2_000;

  final SimulatedTraffic traffic = new SimulatedTraffic();
  final SimulatedContainers containers = new SimulatedContainers();
  final SimulatedDatabase database = new SimulatedDatabase();
  final SimulatedCompatibility compatibility = new SimulatedCompatibility();
  final SimulatedProbe probe = new SimulatedProbe();
  final SimulatedNotifier notifier = new SimulatedNotifier();
  final SimulatedIdentity identity = new SimulatedIdentity();
  final SimulatedAlerts alerts = new SimulatedAlerts();
  final SimulatedConfigFiles files =
      new SimulatedConfigFiles().write("/etc/shop.conf", "colour = blue");
  final SimulatedReadiness readiness = new SimulatedReadiness();
  final SimulatedChecklists checklists = new SimulatedChecklists();
  final SimulatedMetrics metrics;
  final Turnstile turnstile = new Turnstile(this::catchUp);
  final TestWorkflowEnvironment temporal;
  private final WorkflowClient still;
  private final AtomicReference<Instant> world = new AtomicReference<>(Instant.EPOCH);

  LaunchPad() {
    temporal = TestWorkflowEnvironment.newInstance(environment());
    still =
        WorkflowClient.newInstance(
            temporal.getWorkflowServiceStubs(), environment().getWorkflowClientOptions());
    for (var attribute :
        List.of(
            SearchAttributes.SERVICE,
            SearchAttributes.ENVIRONMENT,
            SearchAttributes.VERSION,
            SearchAttributes.PHASE,
            SearchAttributes.OUTCOME)) {
      temporal.registerSearchAttribute(
          attribute.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
    }
    metrics =
        new SimulatedMetrics(
            slot -> traffic.weights().weight(slot),
            world::get,
            passed -> world.updateAndGet(now -> now.plus(passed)));
    Object[] adapters =
        Stream.of(
                traffic,
                containers,
                database,
                compatibility,
                probe,
                notifier,
                alerts,
                files,
                metrics,
                identity,
                readiness,
                checklists)
            .map(turnstile::guarding)
            .toArray();
    Worker worker = temporal.newWorker(LaunchWorkflow.TASK_QUEUE, options());
    worker.registerWorkflowImplementationTypes(
        LaunchWorkflowImpl.class, ChecklistWorkflowImpl.class);
    worker.registerActivitiesImplementations(adapters);
    temporal
        .newWorker(LaunchWorkflow.UNDO_TASK_QUEUE, options())
        .registerActivitiesImplementations(adapters);
    temporal.start();
    runOn(Slot.BLUE, "v1");
  }

  static TestEnvironmentOptions environment() {
    return TestEnvironmentOptions.newBuilder()
        .setWorkflowClientOptions(
            WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build())
        .setWorkerFactoryOptions(
            WorkerFactoryOptions.newBuilder().setUsingVirtualWorkflowThreads(true).build())
        .build();
  }

  /** A version that was launched earlier. */
  void runOn(Slot slot, String version) {
    LaunchId earlier = new LaunchId("shop", "test", version, "earlier");
    Image image = containers.pin(earlier, new ImageReference("shop:" + version, null));
    containers.start(earlier, slot, image, spec());
  }

  /** Nothing was ever launched. */
  void empty() {
    LaunchId earlier = new LaunchId("shop", "test", "v1", "earlier");
    containers
        .running(earlier, spec())
        .forEach(endpoint -> {
          containers.stop(earlier, endpoint, Duration.ZERO);
          containers.remove(earlier, endpoint);
        });
  }

  Outcome launch(PlanDocument plan) {
    start(plan);
    return outcome();
  }

  /** Anything at all can be sent as a plan. */
  WorkflowStub start(Object... input) {
    WorkflowStub stub = client().newUntypedWorkflowStub("LaunchWorkflow", workflow());
    stub.start(input);
    return stub;
  }

  static WorkflowOptions workflow() {
    return WorkflowOptions.newBuilder()
        .setTaskQueue(LaunchWorkflow.TASK_QUEUE)
        .setWorkflowId(WORKFLOW_ID)
        .build();
  }

  WorkflowClient client() {
    return temporal.getWorkflowClient();
  }

  WorkflowStub running() {
    return client().newUntypedWorkflowStub(WORKFLOW_ID);
  }

  LaunchStatus status() {
    return running().query("status", LaunchStatus.class);
  }

  List<TimelineEntry> entries() {
    return List.of(running().query("timeline", TimelineEntry[].class));
  }

  List<String> timeline() {
    return entries().stream()
        .map(entry -> entry.kind() + " " + entry.who() + ": " + entry.text())
        .toList();
  }

  Outcome outcome() {
    try {
      return running().getResult(END_LIMIT.toSeconds(), TimeUnit.SECONDS, Outcome.class);
    } catch (TimeoutException never) {
      throw new AssertionError("never ended\n" + String.join("\n", timeline()), never);
    }
  }

  Decision decision(Milestone gate, String answer) {
    return new Decision(
        status().launch().toString(), gate.word(), answer, "ann", "commander", "all seen");
  }

  static Command command(String reason) {
    return new Command(null, "ann", "commander", reason, null);
  }

  /** Decides by an update once the gate is open. */
  Receipt decide(Milestone gate, String answer) {
    awaitGate(gate);
    return update("decide", decision(gate, answer));
  }

  Receipt tell(String verb) {
    return update(verb, command("because"));
  }

  /**
   * By a client of its own: that of the environment lets time skip meanwhile, and a timer that
   * fires while its workflow cancels it stops the test server's launch for ever.
   */
  Receipt update(String name, Object... message) {
    return still.newUntypedWorkflowStub(WORKFLOW_ID).update(name, Receipt.class, message);
  }

  /** The sentence by which an update is refused. */
  String refusal(String name, Object... message) {
    try {
      Receipt taken = update(name, message);
      throw new AssertionError(name + " was taken: " + taken.message());
    } catch (WorkflowUpdateException refused) {
      return refused.getCause() instanceof ApplicationFailure failure
          ? failure.getOriginalMessage()
          : String.valueOf(refused.getCause());
    }
  }

  /** What the timeline says of a signal that is refused. */
  String refusalBySignal(String name, Object... message) {
    running().signal(name, message);
    return entries().stream()
        .filter(entry -> entry.kind() == TimelineEntry.Kind.REFUSED)
        .reduce((_, last) -> last)
        .orElseThrow(() -> new AssertionError(name + " was not refused"))
        .text();
  }

  void await(State state) {
    await("state " + state, status -> status.state() == state);
  }

  void await(Milestone milestone) {
    await("at " + milestone, status -> status.milestone() == milestone);
  }

  void awaitGate(Milestone gate) {
    await(
        "gate " + gate + " open",
        status -> status.awaited() != null && status.awaited().gate() == gate);
  }

  /** Waiting for this milestone's hour. */
  void awaitNext(Milestone next) {
    await(
        "waiting for " + next,
        status ->
            status.state() == State.WAITING
                && status.next() != null
                && status.next().milestone() == next);
  }

  /** Lets time pass until the status is like this. */
  void await(String what, Predicate<LaunchStatus> wanted) {
    LaunchStatus status = status();
    for (int steps = 0; !wanted.test(status); steps++) {
      if (status.state() == State.ENDED || steps > MOST_STEPS) {
        throw new AssertionError(
            "never " + what + ", is " + status.state() + "\n" + String.join("\n", timeline()));
      }
      temporal.sleep(pause(status, steps < FINE_STEPS ? STEP : COARSE));
      status = status();
    }
  }

  /**
   * The next call of this activity runs until its cancellation is requested. It must not complete
   * at the same moment: the test server then refuses the whole workflow task, which the real one
   * does not. Nor may it fail so that it would be repeated: the test server then forgets it without
   * telling the workflow, which waits for it until it times out after ten years; the real one takes
   * that failure as the end of it.
   */
  void interrupt(String activity, Runnable interruption) {
    turnstile.beforeNext(
        activity,
        () -> {
          interruption.run();
          until("cancellation requested", this::isActivityCancelRequested);
        });
  }

  /** How often this activity has failed while it waits for its next attempt, else 0. */
  int failedAttempts(String activity) {
    int next =
        running().describe().getRawDescription().getPendingActivitiesList().stream()
            .filter(pending -> pending.getActivityType().getName().equals(activity))
            .mapToInt(PendingActivityInfo::getAttempt)
            .findFirst()
            .orElse(0);
    int called = turnstile.times(activity);
    return next > called ? called : 0;
  }

  private boolean isActivityCancelRequested() {
    return history().stream().anyMatch(HistoryEvent::hasActivityTaskCancelRequestedEventAttributes);
  }

  /** Real time, for what does not depend on the clock of the launch. */
  static void until(String what, java.util.function.BooleanSupplier condition) {
    long limit = System.nanoTime() + UNTIL_LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > limit) {
        throw new AssertionError("not within " + UNTIL_LIMIT + ": " + what);
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  void sleep(Duration duration) {
    temporal.sleep(duration);
  }

  Instant clock() {
    return Instant.ofEpochMilli(temporal.currentTimeMillis());
  }

  List<HistoryEvent> history() {
    return client().fetchHistory(WORKFLOW_ID).getEvents();
  }

  int events() {
    return history().size();
  }

  /** What the launch did; how often it was woken for that depends on how fast the machine is. */
  long deeds() {
    return Wakes.deeds(history());
  }

  /** The events that it would have on the slowest machine. */
  long mostEvents() {
    return Wakes.most(history());
  }

  /** How many timers with this summary were started. */
  long timers(String summary) {
    return history().stream()
        .filter(HistoryEvent::hasTimerStartedEventAttributes)
        .filter(event -> summary(event).equals(summary))
        .count();
  }

  static String summary(HistoryEvent event) {
    return event.getUserMetadata().getSummary().getData().toStringUtf8().replaceAll("^\"|\"$", "");
  }

  /** What people were told, by its titles. */
  List<String> told() {
    return notifier.announcements().stream().map(announcement -> announcement.title()).toList();
  }

  @Override
  public void afterEach(ExtensionContext test) {
    try {
      boolean wanted =
          test.getRequiredTestMethod().isAnnotationPresent(Recorded.class)
              && test.getExecutionException().isEmpty();
      if (wanted && Boolean.getBoolean("liftoff.record")) {
        record(sentence(test.getRequiredTestMethod().getName()));
      }
    } finally {
      temporal.close();
    }
  }

  private void record(String sentence) {
    Path file = Path.of("src/test/resources/histories", sentence + ".json");
    try {
      Files.createDirectories(file.getParent());
      if (!Files.exists(file)) {
        String json = client().fetchHistory(WORKFLOW_ID).toJson(false);
        Files.writeString(file, Payloads.mapper().readTree(json) + "\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sentence(String name) {
    return name.replaceAll("([A-Z]|[0-9]+)", "-$1").toLowerCase(Locale.ROOT);
  }

  private Duration pause(LaunchStatus status, Duration step) {
    boolean waits = status.state() == State.WAITING && status.next() != null;
    Instant due = waits ? status.next().at() : null;
    Duration rest = due == null ? step : Duration.between(clock(), due);
    return rest.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : rest;
  }

  private static ContainerSpec spec() {
    try {
      return PlanReader.read(Plans.small()).container();
    } catch (InvalidPlan wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  static WorkerOptions options() {
    return WorkerOptions.newBuilder()
        .setDefaultDeadlockDetectionTimeout(20_000)
        .setUsingVirtualThreads(true)
        .build();
  }

  /** From now on nothing is measured for this long. */
  void blindFor(Duration duration) {
    catchUp();
    metrics.blindFor(duration);
  }

  /**
   * The world is never behind Temporal; inside a watch it runs ahead, and Temporal catches up by
   * the rest of the window. Asked before every activity and not at every look, of which there are
   * thousands.
   */
  private void catchUp() {
    Instant server = clock();
    world.updateAndGet(before -> before.isBefore(server) ? server : before);
  }
}
