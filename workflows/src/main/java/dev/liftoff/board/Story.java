package dev.liftoff.board;

import dev.liftoff.timeline.TimelineEntry;
import dev.liftoff.timeline.TimelineEntry.Kind;
import java.util.ArrayList;
import java.util.List;

/** The timeline, no longer than what a query can carry. */
final class Story {
  /**
   * It is kept in memory and sent with each query: 500 entries are about 100 KB, and with the
   * longest texts that people can send less than the 2 MB that Temporal takes.
   */
  private static final int MOST_ENTRIES = 500;

  private final List<TimelineEntry> entries = new ArrayList<>();

  void add(TimelineEntry entry) {
    if (entries.size() >= MOST_ENTRIES) {
      entries.remove(leastWorth());
    }
    entries.add(entry);
  }

  List<TimelineEntry> entries() {
    return List.copyOf(entries);
  }

  /** Somebody who floods a launch with notes cannot push its decisions out of the timeline. */
  private int leastWorth() {
    for (int i = 0; i < entries.size(); i++) {
      Kind kind = entries.get(i).kind();
      if (kind == Kind.NOTE || kind == Kind.REFUSED) {
        return i;
      }
    }
    return 0;
  }
}
