package dev.liftoff.notify;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries the channels of a worker, beside all launches. */
@WorkflowInterface
public interface NotifyTestWorkflow {

  /** The workflow's type. */
  String TYPE = "NotifyTestWorkflow";

  /**
   * Tells each kind of channel once that this is a test and nothing is launched; a pager is
   * triggered and resolved. {@code {}} tries all that are not public, {@code
   * {"channels":["status-page"]}} those that it names.
   *
   * <p>Run again it tells again: each run is a test of its own.
   *
   * @return a line for each channel, at least one for each kind
   * @throws io.temporal.failure.ApplicationFailure of type {@code TEST_UNREADABLE} when a word is
   *     no kind of channel
   */
  @WorkflowMethod(name = TYPE)
  List<TestedChannel> test(@Nullable ChannelTest wanted);
}
