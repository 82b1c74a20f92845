package dev.liftoff.metrics.watched;

import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Measurement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Which times the watched things are read over, and what follows from the answers. The same for
 * every monitoring system: it only has to answer questions, all at once and in their order.
 */
public final class Comparisons {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int WEEK = 7;

  private final WatchedSpec spec;
  private final Function<List<Ask>, List<Measurement>> monitoring;

  public Comparisons(WatchedSpec spec, Function<List<Ask>, List<Measurement>> monitoring) {
    this.spec = spec;
    this.monitoring = monitoring;
  }

  /** The baselines, while this slot has all traffic. */
  public Baselines before(Slot serving, Instant now) {
    List<Ask> asks =
        spec.things().stream()
            .map(thing -> new Ask(thing, serving, Span.before(now, spec.before())))
            .toList();
    Map<String, Reference> before = new TreeMap<>();
    answers(asks)
        .forEach((ask, measured) ->
            before.put(ask.thing().name(), reference(Reference.BEFORE, measured)));
    return new Baselines(serving, now, before);
  }

  /** Every thing now, beside its references. */
  public List<Watched> compare(LookBack look, Instant now) {
    Set<Ask> asks = new LinkedHashSet<>();
    for (Thing thing : spec.things()) {
      if (isDue(thing, look, now)) {
        asks.add(current(thing, look, now));
        days(look, now).forEach(days -> asks.addAll(past(thing, look, now, days)));
      }
    }
    Map<Ask, Measurement> answers = answers(List.copyOf(asks));
    return spec.things().stream().map(thing -> watched(thing, look, now, answers)).toList();
  }

  private Watched watched(Thing thing, LookBack look, Instant now, Map<Ask, Measurement> answers) {
    if (!isDue(thing, look, now)) {
      return Contrast.notYet(thing, notYet(thing, look, now), look.before(), now);
    }
    List<Reference> references = new ArrayList<>(List.of(look.before().of(thing)));
    for (long days : days(look, now)) {
      List<Measurement> slots =
          past(thing, look, now, days).stream().map(ask -> found(answers, ask)).toList();
      references.add(reference(Reference.days(days), served(slots)));
    }
    return Contrast.of(thing, found(answers, current(thing, look, now)), references, now);
  }

  private Ask current(Thing thing, LookBack look, Instant now) {
    return new Ask(thing, look.candidate(), Span.before(now, thing.over()));
  }

  /** Slots swap with every launch: who served on a day before need not be who serves now. */
  private List<Ask> past(Thing thing, LookBack look, Instant now, long days) {
    Span span = Span.around(now.minus(DAY.multipliedBy(days)), spec.before());
    Ask own = new Ask(thing, look.before().slot(), span);
    return thing.isOfSlot()
        ? List.of(own, new Ask(thing, look.before().slot().other(), span))
        : List.of(own);
  }

  /** The slot without traffic is silent, or 0. */
  private static Measurement served(List<Measurement> slots) {
    return slots.stream()
        .filter(one -> one instanceof Measurement.Value(double value) && value != 0)
        .findFirst()
        .or(() -> slots.stream().filter(Measurement.Value.class::isInstance).findFirst())
        .orElse(slots.getFirst());
  }

  /** The last day, and the last same day of the week, whose hour was over before the launch. */
  private List<Long> days(LookBack look, Instant now) {
    long day = 1;
    while (isAfterBaseline(look, now, day)) {
      day++;
    }
    long week = WEEK;
    while (isAfterBaseline(look, now, week)) {
      week += WEEK;
    }
    return day == week ? List.of(day) : List.of(day, week);
  }

  private boolean isAfterBaseline(LookBack look, Instant now, long days) {
    Span span = Span.around(now.minus(DAY.multipliedBy(days)), spec.before());
    return span.to().isAfter(look.before().at());
  }

  private static boolean isDue(Thing thing, LookBack look, Instant now) {
    return !now.minus(thing.over()).isBefore(look.since());
  }

  private static String notYet(Thing thing, LookBack look, Instant now) {
    return "%s has all traffic for %s, %s are needed"
        .formatted(
            look.candidate(), words(Duration.between(look.since(), now)), words(thing.over()));
  }

  private Map<Ask, Measurement> answers(List<Ask> asks) {
    List<Measurement> measured = monitoring.apply(asks);
    Map<Ask, Measurement> answers = new LinkedHashMap<>();
    for (int i = 0; i < asks.size(); i++) {
      answers.put(asks.get(i), measured.get(i));
    }
    return answers;
  }

  private static Measurement found(Map<Ask, Measurement> answers, Ask ask) {
    return answers.getOrDefault(ask, new Measurement.Missing("it was not asked for"));
  }

  private static Reference reference(String when, Measurement measured) {
    return switch (measured) {
      case Measurement.Value(double value) -> new Reference(when, value, null);
      case Measurement.Missing(String why) -> new Reference(when, null, why);
    };
  }

  private static String words(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds >= 60 ? seconds / 60 + " min" : Math.max(0, seconds) + " s";
  }
}
