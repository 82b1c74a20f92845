package dev.liftoff.board;

import dev.liftoff.LaunchId;
import dev.liftoff.checklist.ChecklistSpec;
import dev.liftoff.checklist.ReadinessSummary;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the checklist has told the launch. */
public final class ReadinessFacts {
  private final LaunchId launch;
  private final @Nullable ChecklistSpec spec;
  private final Runnable changed;
  private Consumer<ReadinessSummary> listener = summary -> {};
  private @Nullable ReadinessSummary told;
  private @Nullable String lost;

  ReadinessFacts(LaunchId launch, @Nullable ChecklistSpec spec, Runnable changed) {
    this.launch = launch;
    this.spec = spec;
    this.changed = changed;
  }

  public void listen(Consumer<ReadinessSummary> listening) {
    listener = listening;
  }

  /** What another launch's list says, or what is older than what is known, says nothing. */
  public void take(@Nullable ReadinessSummary summary) {
    if (summary == null
        || !launch.equals(summary.launch())
        || (told != null && summary.number() < told.number())) {
      return;
    }
    told = summary;
    lost = null;
    changed.run();
    listener.accept(summary);
  }

  /** A list that is gone knows nothing any more; what it said stays to be read. */
  public void lose(String why) {
    lost = why;
    changed.run();
  }

  /** Null where the plan has no checklist. What nobody has asked is not ready. */
  @Nullable ReadinessSummary status() {
    if (spec == null) {
      return null;
    }
    ReadinessSummary known = told == null ? ReadinessSummary.unanswered(launch, spec.bar()) : told;
    return lost == null ? known : known.lost(lost);
  }

  public @Nullable ReadinessSummary told() {
    return told;
  }

  /** For people who read a message; null before it has said anything. */
  public @Nullable String brief() {
    return told == null ? null : told.brief();
  }

  public boolean hasAnswered(long number) {
    return told != null && told.number() >= number;
  }

  public boolean isReady() {
    return told != null && told.ready();
  }
}
