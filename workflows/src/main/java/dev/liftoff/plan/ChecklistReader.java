package dev.liftoff.plan;

import dev.liftoff.checklist.ChecklistItem;
import dev.liftoff.checklist.ChecklistSpec;
import dev.liftoff.checklist.ListName;
import dev.liftoff.gate.Role;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what must be ready before a launch, and who says so. */
final class ChecklistReader {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final double BAR = 8.0;
  private static final List<Role> SIGN_OFFS =
      List.of(Role.DEPLOYMENT, Role.DATABASE, Role.MONITORING, Role.COMMANDER);

  /** The list goes from run to run with its answers, and Temporal takes 2 MB at once. */
  private static final int MOST_ITEMS = 300;

  private static final int MOST_CHARACTERS = 300_000;

  private ChecklistReader() {}

  static @Nullable ChecklistSpec read(Section root) {
    if (!root.has("checklist")) {
      return null;
    }
    Section checklist = root.section("checklist");
    ChecklistSpec spec =
        new ChecklistSpec(
            checklist.optional("use", ListName::of, ListName.DEFAULT),
            ChecklistItemReader.read(checklist, "items"),
            bar(checklist),
            signOffs(checklist),
            checklist.duration("signOffFor", DAY, MINUTE, Duration.ofDays(30)),
            checklist.duration("limit", DAY, MINUTE, Duration.ofDays(30)));
    size(checklist, spec);
    checklist.noMore();
    return spec;
  }

  private static int bar(Section checklist) {
    double bar = checklist.decimal("bar", BAR, 0, 10);
    int tenths = (int) Math.round(10 * bar);
    if (Math.abs(10 * bar - tenths) > 1e-6) {
      checklist.problem("bar", "must be in tenths, such as 8.0, was " + Numbers.text(bar));
    }
    return tenths;
  }

  private static List<Role> signOffs(Section checklist) {
    if (!checklist.has("signOffs")) {
      return SIGN_OFFS;
    }
    List<Role> roles = checklist.texts("signOffs", Role::of);
    Set<Role> once = EnumSet.noneOf(Role.class);
    roles.stream()
        .filter(role -> !once.add(role))
        .forEach(role -> checklist.problem("signOffs", "must name " + role + " once"));
    return roles;
  }

  private static void size(Section checklist, ChecklistSpec spec) {
    List<ChecklistItem> items = spec.items();
    int characters = items.stream().mapToInt(ChecklistReader::characters).sum();
    if (items.size() > MOST_ITEMS) {
      checklist.problem("items", "must be %d at most, were %d".formatted(MOST_ITEMS, items.size()));
    } else if (characters > MOST_CHARACTERS) {
      checklist.problem(
          "items",
          "must have %d characters at most in all, had %d: shorten how and why, or give an address"
              .formatted(MOST_CHARACTERS, characters));
    }
    if (spec.use() == ListName.NONE && items.stream().allMatch(item -> item.weight() == 0)) {
      checklist.problem(
          "items",
          items.isEmpty()
              ? "is empty and use is none: a list without items is never ready"
              : "have weight 0 everywhere and use is none: nothing counts, which is never ready");
    }
  }

  private static int characters(ChecklistItem item) {
    int names =
        item.examination() == null
            ? 0
            : item.examination().names().stream().mapToInt(String::length).sum();
    return item.question().length() + item.how().length() + item.why().length() + names;
  }
}
