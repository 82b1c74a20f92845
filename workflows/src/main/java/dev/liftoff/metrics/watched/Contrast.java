package dev.liftoff.metrics.watched;

import dev.liftoff.metrics.Measurement;
import dev.liftoff.metrics.watched.Watched.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds one thing against what it was. Asks nobody and knows no clock. */
final class Contrast {
  /** So that a tenth of two hundred is twenty. */
  private static final double ROUNDING = 1e-9;

  private final Thing thing;
  private final double value;
  private final List<Reference> references;

  private Contrast(Thing thing, double value, List<Reference> references) {
    this.thing = thing;
    this.value = value;
    this.references = references;
  }

  static Watched of(Thing thing, Measurement now, List<Reference> references, Instant at) {
    return switch (now) {
      case Measurement.Missing(String why) ->
          said(thing, new Said(State.NO_DATA, "not measured: " + why), null, references, at);
      case Measurement.Value(double value) ->
          said(thing, new Contrast(thing, value, references).said(), value, references, at);
    };
  }

  static Watched notYet(Thing thing, String why, Baselines before, Instant at) {
    return said(thing, new Said(State.NOT_YET, why), null, List.of(before.of(thing)), at);
  }

  private record Said(State state, String reason) {}

  private static Watched said(
      Thing thing, Said said, @Nullable Double value, List<Reference> references, Instant at) {
    return new Watched(
        thing.name(),
        said.state(),
        thing.then(),
        value,
        thing.hasTrend(),
        references,
        at,
        said.reason());
  }

  private Said said() {
    return switch (thing.rule()) {
      case Rule.Bounds(Double above, Double below) -> bounded(above, below);
      case Rule.Trend(double share) -> grown(share);
      case Rule.Within within -> compared(within);
    };
  }

  private Said bounded(@Nullable Double above, @Nullable Double below) {
    String number = Figures.of(value);
    if (above != null && value > above) {
      return new Said(State.BREACH, number + " is above " + Figures.of(above));
    }
    if (below != null && value < below) {
      return new Said(State.BREACH, number + " is below " + Figures.of(below));
    }
    List<String> kept = new ArrayList<>();
    if (above != null) {
      kept.add("not above " + Figures.of(above));
    }
    if (below != null) {
      kept.add("not below " + Figures.of(below));
    }
    return new Said(State.OK, number + " is " + String.join(" and ", kept));
  }

  private Said grown(double share) {
    String now =
        "grows by %s an hour, %s may be".formatted(Figures.share(value), Figures.share(share));
    if (value <= share) {
      return new Said(State.OK, now);
    }
    List<Reference> excuses =
        measured().filter(one -> value - Math.max(0, number(one)) <= share).toList();
    return excuses.isEmpty()
        ? new Said(State.BREACH, now + past(measured().toList(), "; it was ", this::growth))
        : new Said(State.OK, now + past(excuses, ", but it was ", this::growth));
  }

  private Said compared(Rule.Within within) {
    List<Reference> usable =
        measured().filter(one -> number(one) != 0 || within.slack() > 0).toList();
    if (usable.isEmpty()) {
      return new Said(
          State.NO_DATA, Figures.of(value) + " has nothing to be compared with: " + whyNothing());
    }
    List<Reference> near = usable.stream().filter(one -> !beyond(within, number(one))).toList();
    String allowed =
        Figures.share(within.share())
            + (within.slack() > 0 ? " or " + Figures.of(within.slack()) : "");
    String now = Figures.of(value);
    return near.isEmpty()
        ? new Said(
            State.BREACH, now + " is beyond " + allowed + past(usable, " of ", this::difference))
        : new Said(State.OK, now + " is within " + allowed + past(near, " of ", this::difference));
  }

  private boolean beyond(Rule.Within within, double reference) {
    double allowed = Math.max(within.share() * Math.abs(reference), within.slack());
    return within.direction().worse(value, reference) > allowed * (1 + ROUNDING);
  }

  private java.util.stream.Stream<Reference> measured() {
    return references.stream().filter(reference -> reference.value() != null);
  }

  private String whyNothing() {
    return references.stream()
        .map(one -> one.when() + (one.value() == null ? ": " + one.why() : ": it was 0"))
        .collect(Collectors.joining("; "));
  }

  private String difference(Reference reference) {
    double was = number(reference);
    String change = was == 0 ? "" : " (" + Figures.signed((value - was) / Math.abs(was)) + ")";
    return Figures.of(was) + " " + reference.when() + change;
  }

  private String growth(Reference reference) {
    return Figures.share(number(reference)) + " " + reference.when();
  }

  private static String past(List<Reference> some, String lead, Function<Reference, String> words) {
    return some.isEmpty()
        ? ""
        : lead + some.stream().map(words).collect(Collectors.joining(" and "));
  }

  private static double number(Reference reference) {
    Double number = reference.value();
    if (number == null) {
      throw new IllegalArgumentException(reference.when() + " was not measured");
    }
    return number;
  }
}
