package dev.liftoff.checklist;

import dev.liftoff.gate.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The last lines of the list's story. It goes on from run to run, so it stays small: all of it is
 * in the histories of the runs.
 */
final class Log {
  private static final int MOST = 300;
  private static final int LONGEST = 400;
  private final List<LogLine> lines = new ArrayList<>();

  Log(List<LogLine> earlier) {
    lines.addAll(earlier);
  }

  void tell(Instant at, String who, String text) {
    add(new LogLine(at, who, Texts.cut(text, LONGEST), false));
  }

  void decide(Instant at, String who, String text) {
    add(new LogLine(at, who, Texts.cut(text, LONGEST), true));
  }

  List<LogLine> lines() {
    return List.copyOf(lines);
  }

  private void add(LogLine line) {
    if (lines.size() >= MOST) {
      lines.remove(leastWorth());
    }
    lines.add(line);
  }

  private int leastWorth() {
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).lasting()) {
        return i;
      }
    }
    return 0;
  }
}
