package dev.liftoff.traffic;

import dev.liftoff.LaunchId;
import dev.liftoff.container.Slot;
import io.temporal.activity.ActivityInterface;
import java.time.Duration;
import java.util.List;

/**
 * The proxy in front of the service. Every method states a desired end and may be repeated: a retry
 * after a lost reply finds the work done and answers the same. No method reloads the proxy or
 * closes a connection, and what is set survives a restart of the proxy.
 */
@ActivityInterface(namePrefix = "Traffic")
public interface Traffic {

  /**
   * The weights that the running proxy uses now. Permanent: {@code TRAFFIC_REFUSED} when it is not
   * set up for us.
   */
  Weights read(LaunchId launch);

  /**
   * What speaks against serving these weights, one sentence each; empty when the adapter can serve
   * all of them. Changes nothing.
   */
  List<String> unsupported(LaunchId launch, List<Weight> weights);

  /**
   * The candidate's slot has this weight and the other one the rest, read back. Before a weight
   * rises the slot must answer 200 through the real proxy, within the adapter's limit.
   *
   * <p>Permanent: {@code TRAFFIC_REFUSED} when the slot does not answer through the proxy, the
   * weight cannot be served, or the proxy is not set up for us.
   */
  Weights shift(LaunchId launch, Slot candidate, Weight weight);

  /**
   * The slot has everything. Asks nothing of the slot first: this is the way back, and it must work
   * when nothing else does.
   */
  Weights restore(LaunchId launch, Slot baseline);

  /**
   * Waits until the slot has no request in flight, at least the adapter's settling time, at most
   * the limit. Changes nothing.
   */
  Drained drain(LaunchId launch, Slot slot, Duration limit);
}
