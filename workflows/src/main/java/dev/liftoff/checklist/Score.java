package dev.liftoff.checklist;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The readiness score: {@code 10 * sum(weight * value) / sum(weight)}, a pass 1, a deviation 0.5,
 * anything else 0, what does not apply in neither sum. In whole tenths, rounded down: 7.96 is 7.9.
 *
 * @param tenths 0 to 100
 * @param blocked what stands in the way whatever the score is, each in a sentence
 * @param areas the score by area
 */
public record Score(int tenths, List<String> blocked, List<Area> areas) {
  /** An area below this blocks: the rest of the list cannot make up for it. */
  public static final int LEAST_AREA = 70;

  /** The part of the weight, in percent, that one person alone may leave out. */
  public static final int MOST_LEFT_OUT = 15;

  private static final int MOST_NAMED = 10;

  public Score {
    blocked = List.copyOf(blocked);
    areas = List.copyOf(areas);
  }

  /** The score of an area; items that do not apply are in no count but their own. */
  public record Area(String name, int tenths, int passed, int deviations, int open, int leftOut) {}

  public static Score of(List<Counted> items) {
    List<Area> areas = areas(items);
    List<String> blocked = new ArrayList<>();
    if (weight(items) == 0) {
      blocked.add("nothing counts: the list has no item with a weight that applies");
    }
    critical(items, blocked);
    areas.stream()
        .filter(area -> area.tenths() < LEAST_AREA && hasWeight(items, area.name()))
        .forEach(area ->
            blocked.add(
                "area %s is at %s, below %s"
                    .formatted(area.name(), text(area.tenths()), text(LEAST_AREA))));
    leftOut(items, blocked);
    return new Score(tenths(items), blocked, areas);
  }

  /** Such as 8.6. */
  public static String text(int tenths) {
    return tenths / 10 + "." + tenths % 10;
  }

  static int tenths(List<Counted> items) {
    long weight = weight(items);
    return weight == 0 ? 0 : (int) (100 * halves(items) / (Standing.WHOLE * weight));
  }

  static long weight(List<Counted> items) {
    return items.stream().filter(Counted::counts).mapToLong(Counted::weight).sum();
  }

  static long halves(List<Counted> items) {
    return items.stream()
        .filter(Counted::counts)
        .mapToLong(item -> (long) item.weight() * item.standing().halves())
        .sum();
  }

  private static void critical(List<Counted> items, List<String> blocked) {
    List<String> open = items.stream().filter(Counted::blocks).map(Counted::id).sorted().toList();
    if (!open.isEmpty()) {
      String more = open.size() > MOST_NAMED ? " and " + (open.size() - MOST_NAMED) + " more" : "";
      blocked.add(
          "critical and not passed: "
              + open.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
              + more);
    }
  }

  private static void leftOut(List<Counted> items, List<String> blocked) {
    long all = items.stream().mapToLong(Counted::weight).sum();
    long alone =
        items.stream()
            .filter(item -> item.standing() == Standing.SAID_NOT_APPLICABLE)
            .mapToLong(Counted::weight)
            .sum();
    if (100 * alone > MOST_LEFT_OUT * all) {
      blocked.add(
          "%d %% of the weight is said not to apply, more than %d %%: a second person approves it"
              .formatted(100 * alone / all, MOST_LEFT_OUT));
    }
  }

  private static boolean hasWeight(List<Counted> items, String area) {
    return weight(items.stream().filter(item -> item.area().equals(area)).toList()) > 0;
  }

  private static List<Area> areas(List<Counted> items) {
    return items.stream()
        .collect(Collectors.groupingBy(Counted::area, TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(entry -> area(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Area area(String name, List<Counted> items) {
    int passed = count(items, Standing.PASSED);
    int deviations = count(items, Standing.DEVIATION);
    int open = count(items, Standing.OPEN);
    return new Area(
        name, tenths(items), passed, deviations, open, items.size() - passed - deviations - open);
  }

  private static int count(List<Counted> items, Standing standing) {
    return (int) items.stream().filter(item -> item.standing() == standing).count();
  }
}
