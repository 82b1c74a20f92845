package dev.liftoff.checklist;

import io.temporal.activity.ActivityInterface;
import java.util.List;

/**
 * The lists that come with Liftoff. A launch asks once, when its checklist begins, and keeps the
 * answer: a newer worker with a longer list changes nothing for it. Repeating answers the same.
 */
@ActivityInterface(namePrefix = "Checklists")
public interface Checklists {

  /**
   * All items of the list, also those that do not apply to this launch; none for {@code NONE}. A
   * list that cannot be read is a permanent fault.
   */
  List<ChecklistItem> items(ListName list);
}
