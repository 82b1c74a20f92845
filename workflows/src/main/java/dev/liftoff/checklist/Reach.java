package dev.liftoff.checklist;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The fewest items by whose passing the score gets to the bar. The heaviest go first, which makes
 * them the fewest; critical ones before others of their weight, since those must pass anyway.
 *
 * @param gain in tenths of the score
 */
public record Reach(int gain, List<String> items) {

  /** Nothing where the score is there already, or could not get there. */
  public static Reach of(List<Counted> items, int bar) {
    long weight = Score.weight(items);
    long halves = Score.halves(items);
    int now = Score.tenths(items);
    List<String> chosen = new ArrayList<>();
    for (Counted item : heaviest(items)) {
      if (tenths(halves, weight) >= bar) {
        break;
      }
      halves += gain(item);
      chosen.add(item.id());
    }
    return tenths(halves, weight) < bar
        ? new Reach(0, List.of())
        : new Reach(tenths(halves, weight) - now, chosen);
  }

  /** Such as {@code +0.3 if DB-07 and MON-12 pass}; empty where there is nothing to say. */
  public String sentence() {
    if (items.isEmpty()) {
      return "";
    }
    String names =
        items.size() == 1
            ? items.getFirst() + " passes"
            : String.join(", ", items.subList(0, items.size() - 1))
                + " and "
                + items.getLast()
                + " pass";
    return "+" + Score.text(gain) + " if " + names;
  }

  private static List<Counted> heaviest(List<Counted> items) {
    return items.stream()
        .filter(item -> item.counts() && gain(item) > 0)
        .sorted(
            Comparator.comparingLong((Counted item) -> gain(item))
                .reversed()
                .thenComparing(item -> !item.critical())
                .thenComparing(Counted::id))
        .toList();
  }

  private static long gain(Counted item) {
    return (long) item.weight() * (Standing.WHOLE - item.standing().halves());
  }

  private static int tenths(long halves, long weight) {
    return weight == 0 ? 0 : (int) (100 * halves / (Standing.WHOLE * weight));
  }
}
