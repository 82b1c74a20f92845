package dev.liftoff.metrics.watched;

import dev.liftoff.container.Slot;
import java.time.Instant;
import java.util.List;

/**
 * What the watched things are held against.
 *
 * @param since when all traffic was on the candidate: what was before is not its doing
 * @param known the concerns that were told already, by their words
 */
public record LookBack(Slot candidate, Instant since, Baselines before, List<String> known) {
  public LookBack {
    known = known == null ? List.of() : List.copyOf(known);
  }

  public LookBack(Slot candidate, Instant since, Baselines before) {
    this(candidate, since, before, List.of());
  }

  /** Whether one of the things has a breach that was not told, or is well again. */
  public boolean isNews(List<Watched> seen) {
    return seen.stream().anyMatch(this::isNews);
  }

  private boolean isNews(Watched thing) {
    return switch (thing.state()) {
      case BREACH -> !known.contains(thing.what());
      case OK -> known.contains(thing.what());
      case NO_DATA, NOT_YET -> false;
    };
  }
}
