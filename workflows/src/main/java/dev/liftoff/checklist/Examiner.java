package dev.liftoff.checklist;

import dev.liftoff.LaunchId;
import dev.liftoff.Reasons;
import dev.liftoff.Waits;
import dev.liftoff.gate.Texts;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.probe.ProbeResult;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks for the list, and lets the machine look at it, a part of it at a time. */
final class Examiner {
  /** An activity's input and answer stay small, and one slow part does not hold up the others. */
  static final int MOST_AT_ONCE = 20;

  private static final Duration LOOK = Duration.ofMinutes(3);
  private static final Duration END_TO_END = Duration.ofMinutes(20);
  private static final Duration AGAIN = Duration.ofMinutes(1);

  /** A worker that was killed is noticed, and another one looks. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(30);

  private static final Duration READ = Duration.ofSeconds(10);
  private static final Duration READING = Duration.ofMinutes(1);
  private static final int LONGEST = 400;

  private final LaunchId launch;
  private final PlanDocument plan;
  private final ChecklistSpec spec;
  private final List<String> parts;
  private final Register register;

  Examiner(ChecklistInput input, Register register) {
    launch = input.launch();
    plan = input.plan();
    spec = input.spec();
    parts = input.parts();
    this.register = register;
  }

  /** Without its list nothing is ready; it is asked for again at the next examination. */
  void list() {
    try {
      Map<String, ChecklistItem> items = new LinkedHashMap<>();
      if (spec.use() != ListName.NONE) {
        lists().items(spec.use()).forEach(item -> items.put(item.id(), item));
      }
      spec.items().forEach(item -> items.put(item.id(), item));
      register.list(items.values().stream().filter(this::applies).toList(), Waits.now());
    } catch (ActivityFailure failure) {
      Waits.goOn();
      register.trouble(
          "the list " + spec.use() + " could not be read: " + cause(failure), Waits.now());
    }
  }

  void examine(List<String> names) {
    List<ChecklistItem> items = register.measurable(names);
    List<List<ChecklistItem>> chunks = chunks(items);
    List<Promise<List<ProbeResult>>> looks =
        chunks.stream()
            .map(chunk -> Async.function(port(chunk)::examine, launch, plan, chunk))
            .toList();
    for (int i = 0; i < chunks.size(); i++) {
      take(chunks.get(i), looks.get(i));
    }
    register.examined(Waits.now());
  }

  /** What runs the plan's own tests takes its time, and the others do not wait for it. */
  private static List<List<ChecklistItem>> chunks(List<ChecklistItem> items) {
    List<ChecklistItem> quick = items.stream().filter(item -> !isSlow(item)).toList();
    List<List<ChecklistItem>> chunks = new ArrayList<>();
    for (int from = 0; from < quick.size(); from += MOST_AT_ONCE) {
      chunks.add(List.copyOf(quick.subList(from, Math.min(quick.size(), from + MOST_AT_ONCE))));
    }
    items.stream().filter(Examiner::isSlow).forEach(item -> chunks.add(List.of(item)));
    return chunks;
  }

  private static boolean isSlow(ChecklistItem item) {
    return item.examination() != null && item.examination().subject() == Subject.END_TO_END;
  }

  private void take(List<ChecklistItem> chunk, Promise<List<ProbeResult>> look) {
    try {
      Map<String, ProbeResult> found = new LinkedHashMap<>();
      look.get().forEach(result -> found.put(result.check(), result));
      for (ChecklistItem item : chunk) {
        ProbeResult result = found.get(item.id());
        if (result == null) {
          register.notMeasured(item.id(), "no answer to it", Waits.now());
        } else {
          register.measured(cut(result), Waits.now());
        }
      }
    } catch (ActivityFailure failure) {
      Waits.goOn();
      chunk.forEach(item -> register.notMeasured(item.id(), cause(failure), Waits.now()));
    }
  }

  private boolean applies(ChecklistItem item) {
    return item.when() == null || parts.contains(item.when());
  }

  private static ProbeResult cut(ProbeResult result) {
    return new ProbeResult(
        result.check(),
        result.state(),
        Texts.cut(result.value(), LONGEST),
        Texts.cut(result.limit(), LONGEST));
  }

  private static String cause(ActivityFailure failure) {
    return Texts.cut(Reasons.of(failure), LONGEST);
  }

  private static Checklists lists() {
    return Workflow.newActivityStub(
        Checklists.class, options("Read the list", READ, READING).build());
  }

  private static Readiness port(List<ChecklistItem> chunk) {
    String summary = "Examine %s and %d more".formatted(chunk.getFirst().id(), chunk.size() - 1);
    Duration look = isSlow(chunk.getFirst()) ? END_TO_END : LOOK;
    return Workflow.newActivityStub(
        Readiness.class,
        options(summary, look, look.plus(AGAIN)).setHeartbeatTimeout(HEARTBEAT).build());
  }

  private static ActivityOptions.Builder options(
      String summary, Duration attempt, Duration trying) {
    return ActivityOptions.newBuilder()
        .setSummary(summary)
        .setStartToCloseTimeout(attempt)
        .setScheduleToCloseTimeout(trying)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofMillis(300))
                .setMaximumInterval(Duration.ofSeconds(10))
                .build());
  }
}
