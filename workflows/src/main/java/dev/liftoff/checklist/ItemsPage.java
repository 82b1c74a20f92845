package dev.liftoff.checklist;

import java.util.List;

/**
 * Some items with how they stand.
 *
 * @param total how many the filter finds
 * @param next the {@code from} of the next page; 0 after the last
 */
public record ItemsPage(int total, int next, List<Line> items) {
  /** A query carries 2 MB: these stay far below. */
  static final int MOST = 100;

  /** An item, and how it stands in a word and a sentence. */
  public record Line(ChecklistItem item, String state, String because, boolean blocks) {}
}
