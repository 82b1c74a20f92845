package dev.liftoff.board;

import static dev.liftoff.Refusals.firstOf;
import static dev.liftoff.Refusals.when;

import dev.liftoff.gate.Command;
import dev.liftoff.status.ActionItem;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people want done after the launch, each by somebody. */
public final class ActionItems {
  /** They stand in the document of the retrospective, and in every answer to a query. */
  private static final int MOST = 100;

  private final List<ActionItem> items = new ArrayList<>();

  List<ActionItem> all() {
    return List.copyOf(items);
  }

  public Optional<String> refusal(Command command) {
    return command.done() == null ? newItem(command) : finished(command.done());
  }

  /** After {@link #refusal} found nothing. */
  public String take(Command command) {
    String done = command.done();
    return done == null ? add(command) : finish(Integer.parseInt(done));
  }

  private String add(Command command) {
    ActionItem item =
        new ActionItem(
            items.size() + 1,
            String.valueOf(command.reason()),
            String.valueOf(command.owner()),
            command.due() == null ? null : LocalDate.parse(command.due()),
            String.valueOf(command.who()),
            false);
    items.add(item);
    return "action item " + item;
  }

  private String finish(int number) {
    ActionItem open = items.get(number - 1);
    items.set(
        number - 1, new ActionItem(number, open.text(), open.owner(), open.due(), open.by(), true));
    return "done is action item " + items.get(number - 1);
  }

  private Optional<String> newItem(Command command) {
    return firstOf(
        when(command.reason() == null, "reason is missing: say what is to be done"),
        when(
            command.owner() == null,
            "owner is missing: every action item has somebody who does it"),
        due(command.due()),
        when(
            items.size() >= MOST,
            "there are %d action items already: write the rest where you keep such"
                .formatted(MOST)));
  }

  private Optional<String> finished(String typed) {
    List<Integer> open =
        items.stream().filter(item -> !item.done()).map(ActionItem::number).toList();
    return when(
        open.stream().noneMatch(number -> number.toString().equals(typed)),
        "there is no open action item '%s'; open are %s".formatted(typed, open));
  }

  private static Optional<String> due(@Nullable String typed) {
    if (typed == null) {
      return Optional.empty();
    }
    try {
      LocalDate _ = LocalDate.parse(typed);
      return Optional.empty();
    } catch (DateTimeParseException wrong) {
      return Optional.of("due must be a date such as 2026-12-01, was '" + typed + "'");
    }
  }
}
