package dev.liftoff.checklist;

import dev.liftoff.LaunchId;
import dev.liftoff.checklist.ItemState.Deviation;
import dev.liftoff.checklist.ItemState.Expired;
import dev.liftoff.checklist.ItemState.Failed;
import dev.liftoff.checklist.ItemState.NotApplicable;
import dev.liftoff.checklist.ItemState.Passed;
import dev.liftoff.checklist.ItemState.Pending;
import dev.liftoff.gate.Role;
import dev.liftoff.gate.Seal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a register comes to at one moment. Reads it, and changes nothing. */
final class Reckoning {
  private final LaunchId launch;
  private final ChecklistSpec spec;
  private final Register register;
  private final Instant now;
  private final List<Counted> counted;
  private final Score score;

  Reckoning(LaunchId launch, ChecklistSpec spec, Register register, Instant now) {
    this.launch = launch;
    this.spec = spec;
    this.register = register;
    this.now = now;
    counted = register.entries().stream().map(entry -> counted(entry, now)).toList();
    score = Score.of(counted);
  }

  static Counted counted(Entry entry, Instant now) {
    ChecklistItem item = entry.item();
    return new Counted(
        item.id(), item.area(), item.weight(), item.critical(), standing(entry.state(now)));
  }

  ReadinessSummary summary(long number) {
    List<String> reasons = blocked();
    return new ReadinessSummary(
        launch,
        number,
        score.tenths(),
        spec.bar(),
        reasons.isEmpty(),
        reasons.stream().limit(ReadinessSummary.MOST_REASONS).toList(),
        waived(),
        count(Standing.PASSED),
        count(Standing.DEVIATION),
        count(Standing.OPEN),
        count(Standing.NOT_APPLICABLE) + count(Standing.SAID_NOT_APPLICABLE),
        digest(),
        now,
        critical(),
        register.signOffs().missing(now));
  }

  ReadinessView view(long number, @Nullable String warning) {
    return new ReadinessView(
        summary(number),
        launch,
        register.revision(),
        register.examinedAt(),
        register.trouble(),
        blocked(),
        score.areas(),
        open(),
        Reach.of(counted, spec.bar()).sentence(),
        register.signOffs().lines(now),
        warning,
        register.edits());
  }

  ItemsPage page(ItemFilter filter) {
    List<Entry> found = register.wanted(filter, now);
    List<ItemsPage.Line> shown =
        found.stream().skip(filter.from()).limit(ItemsPage.MOST).map(this::line).toList();
    int next = filter.from() + shown.size();
    return new ItemsPage(found.size(), next < found.size() ? next : 0, shown);
  }

  private ItemsPage.Line line(Entry entry) {
    ItemState state = entry.state(now);
    return new ItemsPage.Line(
        entry.item(), state.word(), state.sentence(), counted(entry, now).blocks());
  }

  private List<String> critical() {
    return counted.stream()
        .filter(Counted::blocks)
        .map(Counted::id)
        .sorted()
        .limit(ReadinessSummary.MOST_CRITICAL)
        .toList();
  }

  private static Standing standing(ItemState state) {
    return switch (state) {
      case Passed _ -> Standing.PASSED;
      case Deviation deviation -> deviation.isApproved() ? Standing.DEVIATION : Standing.OPEN;
      case NotApplicable none ->
          none.isApproved() ? Standing.NOT_APPLICABLE : Standing.SAID_NOT_APPLICABLE;
      case Pending _, Failed _, Expired _ -> Standing.OPEN;
    };
  }

  private List<String> blocked() {
    List<String> blocked = new ArrayList<>();
    if (!register.trouble().isEmpty()) {
      blocked.add(register.trouble());
    }
    blocked.addAll(score.blocked());
    if (score.tenths() < spec.bar()) {
      String reach = Reach.of(counted, spec.bar()).sentence();
      blocked.add(
          "the score is %s, below %s%s"
              .formatted(
                  Score.text(score.tenths()),
                  Score.text(spec.bar()),
                  reach.isEmpty() ? "" : "; " + reach));
    }
    List<Role> missing = register.signOffs().missing(now);
    if (!missing.isEmpty()) {
      blocked.add("not signed off by " + missing);
    }
    return blocked;
  }

  /** A critical item that does not pass is never let through in silence. */
  private List<String> waived() {
    return register.entries().stream()
        .filter(entry -> entry.item().critical())
        .map(entry ->
            switch (entry.state(now)) {
              case Deviation deviation when deviation.isApproved() ->
                  entry.item().id() + ": " + deviation.sentence();
              case NotApplicable none when none.isApproved() ->
                  entry.item().id() + " does not apply: " + none.sentence();
              case Deviation _, NotApplicable _, Passed _, Failed _, Pending _, Expired _ -> "";
            })
        .filter(line -> !line.isEmpty())
        .limit(ReadinessSummary.MOST_REASONS)
        .toList();
  }

  private List<ReadinessView.Open> open() {
    return counted.stream()
        .filter(item -> item.isOpen() || item.blocks())
        .sorted(Comparator.comparing((Counted item) -> !item.blocks()))
        .collect(
            Collectors.groupingBy(
                item -> owner(item.id()),
                TreeMap::new,
                Collectors.mapping(Counted::id, Collectors.toList())))
        .entrySet()
        .stream()
        .map(owner -> new ReadinessView.Open(owner.getKey(), owner.getValue()))
        .toList();
  }

  private String owner(String id) {
    return register.entries().stream()
        .map(Entry::item)
        .filter(item -> item.id().equals(id))
        .map(item -> item.owner().word())
        .findFirst()
        .orElse("");
  }

  /** Neither values nor times: an item that passes again has not changed what was decided. */
  private String digest() {
    List<String> parts = new ArrayList<>();
    parts.add(launch.toString());
    for (Entry entry : register.entries()) {
      ChecklistItem item = entry.item();
      parts.add(item.id() + "/" + item.weight() + "/" + item.critical());
      switch (entry.state(now)) {
        case Deviation deviation -> parts.add("deviation " + deviation.reason());
        case NotApplicable none -> parts.add("not-applicable " + none.reason());
        case Pending _, Failed _, Expired _ -> parts.add(item.critical() ? "open" : "");
        case Passed _ -> parts.add("");
      }
    }
    return Seal.digest(String.join("\n", parts));
  }

  private int count(Standing standing) {
    return (int) counted.stream().filter(item -> item.standing() == standing).count();
  }
}
