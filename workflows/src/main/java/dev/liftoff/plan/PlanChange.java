package dev.liftoff.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One value that is not the same in two plans.
 *
 * @param path as a plan names it, such as {@code gates.go-live.expires}
 * @param now null where the plan in force has nothing there
 * @param asked null where the other one has nothing there
 */
public record PlanChange(String path, @Nullable String now, @Nullable String asked) {
  private static final String NOTHING = "nothing";

  /** What differs between two flat plans, by path. */
  static List<PlanChange> between(Map<String, String> now, Map<String, String> asked) {
    TreeSet<String> paths = new TreeSet<>(now.keySet());
    paths.addAll(asked.keySet());
    List<PlanChange> changes = new ArrayList<>();
    for (String path : paths) {
      if (!Objects.equals(now.get(path), asked.get(path))) {
        changes.add(new PlanChange(path, now.get(path), asked.get(path)));
      }
    }
    return changes;
  }

  boolean isUnder(String prefix) {
    return path.equals(prefix) || path.startsWith(prefix + ".");
  }

  @Override
  public String toString() {
    return "%s: %s -> %s".formatted(path, now == null ? NOTHING : now, text());
  }

  private String text() {
    return asked == null ? NOTHING : asked;
  }
}
