package dev.liftoff.simulation;

import dev.liftoff.checklist.ChecklistItem;
import dev.liftoff.checklist.Checklists;
import dev.liftoff.checklist.ListName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Lists that hold what they were given. */
public final class SimulatedChecklists implements Checklists {
  private final Map<ListName, List<ChecklistItem>> lists = new ConcurrentHashMap<>();

  public SimulatedChecklists put(ListName name, List<ChecklistItem> items) {
    lists.put(name, List.copyOf(items));
    return this;
  }

  @Override
  public List<ChecklistItem> items(ListName list) {
    return lists.getOrDefault(list, List.of());
  }
}
