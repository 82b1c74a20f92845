package dev.liftoff.activities;

import io.temporal.activity.Activity;
import io.temporal.client.ActivityCompletionException;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sign of life of an activity that takes more than a few seconds. A beat throws {@link
 * ActivityCompletionException} when the activity was cancelled, has timed out, or its worker shuts
 * down: let it pass, so that Temporal hands the activity over.
 */
@FunctionalInterface
public interface Heartbeat {

  /**
   * Says that the activity lives and how far it is.
   *
   * @throws ActivityCompletionException when nobody waits for this attempt any more
   */
  void beat(@Nullable Object details);

  /** Beats for the activity that runs on the calling thread. */
  static Heartbeat ofActivity() {
    return details -> Activity.getExecutionContext().heartbeat(details);
  }

  /** For use outside an activity. */
  static Heartbeat none() {
    return details -> {};
  }

  /**
   * Runs blocking work on a virtual thread and beats on the calling one until it ends. When a beat
   * throws, the work is interrupted and its end awaited before the exception passes: no attempt
   * leaves work behind. What the work throws is thrown here.
   */
  default <T extends @Nullable Object> T during(Supplier<?> details, Callable<T> work) {
    return new Beating<>(this, details, work).await();
  }

  /**
   * Like {@link #during(Supplier, Callable)}, but asks the work to stop first; it is interrupted
   * only when that does not help.
   */
  default <T extends @Nullable Object> T during(
      Supplier<?> details, Callable<T> work, Runnable stop) {
    return new Beating<>(this, details, work).stoppingBy(stop).await();
  }
}
