package dev.liftoff.simulation;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.container.Slot;
import dev.liftoff.traffic.Drained;
import dev.liftoff.traffic.Traffic;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A proxy in memory: blue has everything at first. Trouble is asked for by name, and each method
 * answers as the real adapters do.
 */
public final class SimulatedTraffic implements Traffic {
  private static final Duration SETTLING_TIME = Duration.ofMillis(200);

  private final Random random = new Random(7);
  private final List<Weights> changes = new ArrayList<>();
  private final Set<Slot> dead = EnumSet.noneOf(Slot.class);
  private final Map<Slot, Long> inFlight = new EnumMap<>(Slot.class);
  private Weights weights = Weights.of(Slot.BLUE, Weight.ALL);
  private Optional<String> refusal = Optional.empty();
  private Set<Weight> stages = Set.of();
  private int failures;
  private int lostReplies;

  /** From now on every change is refused for this reason, the way back too. */
  public synchronized SimulatedTraffic refusing(String reason) {
    refusal = Optional.of(reason);
    return this;
  }

  /** The proxy takes changes again. */
  public synchronized SimulatedTraffic accepting() {
    refusal = Optional.empty();
    return this;
  }

  /** The next calls find the proxy away. */
  public synchronized SimulatedTraffic failing(int calls) {
    failures = calls;
    return this;
  }

  /** The next changes happen, but their answers are lost. */
  public synchronized SimulatedTraffic losingReplies(int replies) {
    lostReplies = replies;
    return this;
  }

  /** The proxy can serve these weights of the candidate and no others. */
  public synchronized SimulatedTraffic servingOnly(Weight... weights) {
    stages = Set.of(weights);
    return this;
  }

  /** The slot has this many requests in flight, for ever. */
  public synchronized SimulatedTraffic busy(Slot slot, long requests) {
    inFlight.put(slot, requests);
    return this;
  }

  /** The slot answers nothing any more. */
  public synchronized SimulatedTraffic kill(Slot slot) {
    dead.add(slot);
    return this;
  }

  /** The slot that a client's request goes to now. */
  public synchronized Slot request() {
    return random.nextInt(100) < weights.green().percent() ? Slot.GREEN : Slot.BLUE;
  }

  public synchronized Weights weights() {
    return weights;
  }

  /** Each change that clients could notice, in order. */
  public synchronized List<Weights> changes() {
    return List.copyOf(changes);
  }

  @Override
  public synchronized Weights read(LaunchId launch) {
    requireThere();
    return weights;
  }

  @Override
  public synchronized List<String> unsupported(LaunchId launch, List<Weight> wanted) {
    requireThere();
    return wanted.stream()
        .filter(weight -> !serves(weight))
        .map(weight -> "the proxy cannot serve a weight of " + weight)
        .toList();
  }

  @Override
  public synchronized Weights shift(LaunchId launch, Slot candidate, Weight weight) {
    requireThere();
    requireServed(weight);
    if (weight.compareTo(weights.weight(candidate)) > 0 && dead.contains(candidate)) {
      throw refused(
          candidate + " does not serve through the proxy: no answer; no traffic was moved");
    }
    return set(Weights.of(candidate, weight));
  }

  @Override
  public synchronized Weights restore(LaunchId launch, Slot baseline) {
    requireThere();
    return set(Weights.of(baseline, Weight.ALL));
  }

  @Override
  public synchronized Drained drain(LaunchId launch, Slot slot, Duration limit) {
    requireThere();
    long left = inFlight.getOrDefault(slot, 0L);
    return new Drained(left == 0, left, left == 0 ? SETTLING_TIME : limit);
  }

  private Weights set(Weights wanted) {
    refusal.ifPresent(reason -> {
      throw refused(reason);
    });
    if (!wanted.equals(weights)) {
      weights = wanted;
      changes.add(wanted);
    }
    loseReply();
    return weights;
  }

  private void loseReply() {
    if (lostReplies > 0) {
      lostReplies--;
      throw new IllegalStateException("the reply of the proxy was lost");
    }
  }

  private void requireThere() {
    if (failures > 0) {
      failures--;
      throw new IllegalStateException("the proxy is away");
    }
  }

  private void requireServed(Weight weight) {
    if (!serves(weight)) {
      throw refused("the proxy cannot serve a weight of " + weight);
    }
  }

  private boolean serves(Weight weight) {
    return stages.isEmpty() || stages.contains(weight);
  }

  private static RuntimeException refused(String message) {
    return FailureType.TRAFFIC_REFUSED.permanent(message);
  }
}
