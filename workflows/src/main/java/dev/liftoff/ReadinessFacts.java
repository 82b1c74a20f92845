package dev.liftoff;

import dev.liftoff.checklist.ReadinessSummary;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the checklist has told the launch. */
final class ReadinessFacts {
  private final LaunchId launch;
  private final Runnable changed;
  private Consumer<ReadinessSummary> listener = summary -> {};
  private @Nullable ReadinessSummary told;

  ReadinessFacts(LaunchId launch, Runnable changed) {
    this.launch = launch;
    this.changed = changed;
  }

  void listen(Consumer<ReadinessSummary> listening) {
    listener = listening;
  }

  /** What another launch's list says, or what is older than what is known, says nothing. */
  void take(@Nullable ReadinessSummary summary) {
    if (summary == null
        || !launch.equals(summary.launch())
        || (told != null && summary.number() < told.number())) {
      return;
    }
    told = summary;
    changed.run();
    listener.accept(summary);
  }

  @Nullable ReadinessSummary told() {
    return told;
  }

  boolean hasAnswered(long number) {
    return told != null && told.number() >= number;
  }

  boolean isReady() {
    return told != null && told.ready();
  }
}
