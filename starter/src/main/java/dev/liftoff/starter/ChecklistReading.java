package dev.liftoff.starter;

import dev.liftoff.checklist.ItemFilter;
import dev.liftoff.checklist.ItemsPage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks at the list of a launch, or prints how plain Temporal does. */
final class ChecklistReading {
  private final Session session;

  ChecklistReading(Session session) {
    this.session = session;
  }

  int show(@Nullable String launch, String query, Consumer<Launch> view) {
    if (session.options().plain) {
      LaunchName name = LaunchArgument.given(session, launch);
      session.print(PlainTemporal.query(session, name.checklistId(), query));
      return ExitCode.OK.code();
    }
    LaunchName.check(launch);
    try (Temporal temporal = session.connect()) {
      view.accept(temporal.launch(launch).checklist());
      return ExitCode.OK.code();
    }
  }

  /** All pages. */
  static List<ItemsPage.Line> lines(Launch list, ItemFilter filter) {
    List<ItemsPage.Line> lines = new ArrayList<>();
    int from = 0;
    do {
      ItemsPage page =
          list.ask(
              "items",
              ItemsPage.class,
              new ItemFilter(filter.area(), filter.owner(), filter.state(), from));
      lines.addAll(page.items());
      from = page.next();
    } while (from > 0);
    return lines;
  }
}
