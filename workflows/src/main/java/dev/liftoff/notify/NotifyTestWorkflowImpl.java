package dev.liftoff.notify;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.status.LaunchStatus;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One kind of channel after the other, each once. */
public final class NotifyTestWorkflowImpl implements NotifyTestWorkflow {
  /** Three tries of one channel within the channel's own limit, and a busy worker. */
  private static final Duration ONE_KIND = Duration.ofMinutes(1);

  private static final Duration NO_WORKER = Duration.ofMinutes(1);
  private static final Duration WORTH_TELLING = Duration.ofMinutes(5);

  @Override
  public List<TestedChannel> test(@Nullable ChannelTest wanted) {
    List<TestedChannel> tested = new ArrayList<>();
    String who = wanted == null || wanted.who() == null ? "somebody" : wanted.who();
    for (ChannelKind kind : kinds(wanted)) {
      tested.addAll(test(kind, who));
    }
    return List.copyOf(tested);
  }

  private static Set<ChannelKind> kinds(@Nullable ChannelTest wanted) {
    if (wanted == null) {
      throw FailureType.TEST_UNREADABLE.permanent(
          "say which channels: {\"channels\":[\"slack\"]}, or {} for all that are not public");
    }
    try {
      return wanted.kinds();
    } catch (IllegalArgumentException unknown) {
      throw FailureType.TEST_UNREADABLE.permanent("channels " + unknown.getMessage());
    }
  }

  private static List<TestedChannel> test(ChannelKind kind, String who) {
    try {
      Delivery delivery = notifier(kind).announce(id(), message(kind, who));
      List<TestedChannel> tested =
          delivery.told().stream()
              .filter(told -> !told.channel().equals(Told.LOG))
              .map(told -> new TestedChannel(kind, told.channel(), told.state(), told.note()))
              .toList();
      return tested.isEmpty() ? List.of(failed(kind, "this worker has no such channel")) : tested;
    } catch (ActivityFailure failure) {
      return List.of(
          failed(
              kind,
              failure.getCause() instanceof TimeoutFailure
                  ? "no worker answered within " + ONE_KIND.toSeconds() + " s"
                  : "the worker could not try it; its log says why"));
    }
  }

  private static TestedChannel failed(ChannelKind kind, String why) {
    return new TestedChannel(kind, "", Told.State.FAILED, why);
  }

  private static Announcement message(ChannelKind kind, String who) {
    Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    return new Announcement(
        id() + "/" + kind,
        Severity.INFORMATION,
        "This is a test of Liftoff's channel " + kind + ": nothing is launched",
        List.of("asked for by " + who),
        Occasion.TEST,
        scene(who, now),
        Routing.to(Set.of(kind)));
  }

  private static Scene scene(String who, Instant now) {
    return new Scene(
        who,
        null,
        "",
        null,
        "",
        LaunchStatus.State.WORKING,
        now,
        now.plus(WORTH_TELLING),
        null,
        null,
        List.of(),
        List.of(),
        null,
        null,
        null,
        null);
  }

  /** No launch has this name: what a channel keeps for one, it keeps for this test alone. */
  private static LaunchId id() {
    return new LaunchId("liftoff", "test", "channels", Workflow.getInfo().getRunId());
  }

  /** Once: a channel that is tried again by itself says less of how it stands. */
  private static Notifier notifier(ChannelKind kind) {
    return Workflow.newActivityStub(
        Notifier.class,
        ActivityOptions.newBuilder()
            .setSummary("Try: " + kind)
            .setStartToCloseTimeout(ONE_KIND)
            .setScheduleToStartTimeout(NO_WORKER)
            .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
            .build());
  }
}
