package dev.liftoff.checklist;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the machine is asked to look at, and by whom: the launch counts its own questions. */
final class Looks {
  private final Set<String> wanted = new LinkedHashSet<>();
  private boolean all;
  private boolean any;
  private long asked;
  private long answered;

  Looks(long asked, boolean begins) {
    this.asked = asked;
    answered = begins ? asked - 1 : asked;
    all = begins;
    any = begins;
  }

  void ask(long number) {
    asked = Math.max(asked, number);
    want(List.of());
  }

  /** Nothing named is everything. */
  void want(List<String> items) {
    any = true;
    all |= items.isEmpty();
    wanted.addAll(items);
  }

  boolean isWanted() {
    return any;
  }

  long asked() {
    return asked;
  }

  /** What is wanted now; nothing named is everything. */
  List<String> take() {
    List<String> taken = all ? List.of() : List.copyOf(wanted);
    wanted.clear();
    all = false;
    any = false;
    return taken;
  }

  void answer(long number) {
    answered = number;
  }

  long answered() {
    return answered;
  }
}
