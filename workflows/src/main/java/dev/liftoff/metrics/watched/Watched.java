package dev.liftoff.metrics.watched;

import dev.liftoff.metrics.Concern;
import dev.liftoff.metrics.Measurement;
import dev.liftoff.metrics.MetricsSpec;
import dev.liftoff.metrics.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a watched thing is, beside what it was.
 *
 * @param value its mean now, or its growth in an hour as a share; null when there is none
 * @param trend whether value and references are such a growth
 * @param references first that of before the launch, then those of earlier days
 * @param at when it was asked for
 * @param reason in one sentence, what the state rests on
 */
public record Watched(
    String name,
    State state,
    Response then,
    @Nullable Double value,
    boolean trend,
    List<Reference> references,
    Instant at,
    String reason) {

  private static final String AS_BEFORE = " as before";

  /** What is not measured, or has nothing to be compared with, is never OK and never a breach. */
  public enum State {
    OK,
    BREACH,
    NO_DATA,
    /** The candidate has not had all traffic for long enough. */
    NOT_YET
  }

  public Watched {
    references = List.copyOf(references);
  }

  /** Whether a launch must not go on without a person. */
  public boolean asks() {
    return then.holds() && (state == State.BREACH || state == State.NO_DATA);
  }

  /** What a watch is concerned about; empty where there is no breach. */
  public Optional<Concern> concern() {
    return state == State.BREACH
        ? Optional.of(new Concern(what(), then, name + ": " + reason))
        : Optional.empty();
  }

  /** Whether there is a concern, or none, about what a watch was concerned about before. */
  public boolean tells(Concern concern) {
    return concern.what().equals(what()) && (state == State.OK || state == State.BREACH);
  }

  /** Whether a concern is about a watched thing, and not about a limit. */
  public static boolean isSource(Concern concern) {
    return concern.what().endsWith(AS_BEFORE);
  }

  /** All of them where nobody could be asked. */
  public static List<Watched> none(MetricsSpec metrics, Baselines before, Instant at, String why) {
    return metrics.beside().things().stream()
        .map(thing ->
            Contrast.of(thing, new Measurement.Missing(why), List.of(before.of(thing)), at))
        .toList();
  }

  String what() {
    return name + AS_BEFORE;
  }

  /** One line, such as {@code BREACH request-rate: …}. */
  public String line() {
    return state.name().replace('_', ' ') + " " + name + ": " + reason;
  }

  /** A value or a reference as people read it. */
  public String text(@Nullable Double number) {
    return Figures.text(number, trend);
  }
}
