package dev.liftoff.starter;

import dev.liftoff.LaunchWorkflow;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.ChannelTest;
import dev.liftoff.notify.NotifyTestWorkflow;
import dev.liftoff.notify.TestedChannel;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code liftoff notify test}. */
@Command(
    name = "test",
    description = {
      "Have the worker send one test message to each kind of channel, and say what became of it.",
      "A public page is tried only when it is named; a pager is triggered and resolved."
    })
final class NotifyTest implements Callable<Integer> {
  /** A minute for each of eight kinds, one after the other, and one for a worker to take it. */
  private static final Duration WHOLE_TEST = Duration.ofMinutes(9);

  /** Whoever sits there; the test goes on without. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Session session;

  @Option(
      names = "--channel",
      converter = Options.ChannelConverter.class,
      description =
          "slack, card, status-page, email, pager, graphs, events or webhook; more than once (default: all but status-page)")
  List<ChannelKind> channels = List.of();

  NotifyTest(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Temporal temporal = session.connect()) {
      WorkflowStub test =
          temporal
              .client()
              .newUntypedWorkflowStub(
                  NotifyTestWorkflow.TYPE,
                  WorkflowOptions.newBuilder()
                      .setTaskQueue(LaunchWorkflow.TASK_QUEUE)
                      .setWorkflowId("notify-test/" + UUID.randomUUID())
                      .setWorkflowRunTimeout(WHOLE_TEST)
                      .build());
      try {
        test.start(
            new ChannelTest(channels.stream().map(ChannelKind::word).toList(), session.who()));
        return told(
            Arrays.asList(
                test.getResult(PATIENCE.toSeconds(), TimeUnit.SECONDS, TestedChannel[].class)));
      } catch (TimeoutException late) {
        throw new NoWorker(PATIENCE);
      } catch (RuntimeException trouble) {
        throw temporal.trouble(trouble);
      }
    }
  }

  private int told(List<TestedChannel> tested) {
    if (session.asJson()) {
      session.json(tested);
    } else {
      tested.forEach(one ->
          session.print(
              (one.isSent() ? session.paint().good("✔") : session.paint().bad("✖"))
                  + " "
                  + one.sentence()));
    }
    return tested.stream().allMatch(TestedChannel::isSent)
        ? ExitCode.OK.code()
        : ExitCode.INVALID.code();
  }
}
