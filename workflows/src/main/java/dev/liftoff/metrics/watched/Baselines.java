package dev.liftoff.metrics.watched;

import dev.liftoff.container.Slot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the watched things were before traffic moved: read once, and kept in the launch.
 *
 * @param slot which served then
 * @param at when they were read: earlier days are days before this
 * @param before by the name of the thing
 */
public record Baselines(Slot slot, Instant at, Map<String, Reference> before) {
  public Baselines {
    before = new TreeMap<>(before);
  }

  /** Where nobody could be asked. */
  public static Baselines none(Slot slot, Instant at, List<Thing> things, String why) {
    Map<String, Reference> before = new TreeMap<>();
    things.forEach(thing -> before.put(thing.name(), new Reference(Reference.BEFORE, null, why)));
    return new Baselines(slot, at, before);
  }

  /** The value of this thing, and why there is none. */
  public Reference of(Thing thing) {
    return before.getOrDefault(
        thing.name(), new Reference(Reference.BEFORE, null, "it was not asked for"));
  }
}
