package dev.liftoff.checklist;

import dev.liftoff.gate.Role;
import dev.liftoff.gate.Texts;
import dev.liftoff.plan.Durations;
import dev.liftoff.probe.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The list itself: items, sign-offs and log, and everything that can be done to them. */
final class Register {
  private static final Duration LONGEST_DEVIATION = Duration.ofDays(366);

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final SignOffs signOffs;
  private final Log log;
  private boolean listed;
  private long revision;
  private long edits;
  private @Nullable Instant examinedAt;
  private String trouble;

  Register(ChecklistSpec spec, Progress progress) {
    progress.entries().forEach(entry -> entries.put(entry.item().id(), entry));
    signOffs = new SignOffs(spec.signOffs(), spec.signOffFor(), progress.signOffs());
    log = new Log(progress.log());
    listed = progress.listed();
    revision = progress.revision();
    edits = progress.edits();
    examinedAt = progress.examinedAt();
    trouble = progress.trouble();
  }

  Progress progress() {
    return new Progress(
        listed,
        List.copyOf(entries.values()),
        signOffs.given(),
        log.lines(),
        revision,
        edits,
        examinedAt,
        trouble);
  }

  boolean isListed() {
    return listed;
  }

  /** The items that apply; those of the plan replace others with the same id. */
  void list(List<ChecklistItem> items, Instant now) {
    items.forEach(item -> entries.put(item.id(), Entry.of(item)));
    listed = true;
    trouble = "";
    signOffs.voidAll("the items have changed");
    log.decide(now, Entry.MACHINE, entries.size() + " items");
    revision++;
  }

  /** Until it is whole it is not ready, whatever is in it. */
  void trouble(String sentence, Instant now) {
    if (!trouble.equals(sentence)) {
      trouble = sentence;
      log.tell(now, Entry.MACHINE, sentence);
      revision++;
    }
  }

  Answer apply(Edit edit, Person by, Instant now) {
    String id = edit.item() == null ? "" : edit.item();
    try {
      Entry entry = entry(id);
      Entry changed = changed(entry, edit, by, now);
      entries.put(id, changed);
      edits++;
      revision++;
      note(entry, changed, by, now);
      return new Answer(id, true, changed.state(now).word() + ": " + changed.state(now).sentence());
    } catch (IllegalArgumentException wrong) {
      return new Answer(
          Texts.cut(id, 64),
          false,
          (id.isEmpty() ? "" : Texts.cut(id, 64) + " ") + wrong.getMessage());
    }
  }

  void measured(ProbeResult result, Instant now) {
    change(result.check(), entry -> entry.measured(result, now), now);
  }

  void notMeasured(String id, String why, Instant now) {
    change(id, entry -> entry.notMeasured(why), now);
  }

  void examined(Instant now) {
    examinedAt = now;
    revision++;
  }

  SignOff signOff(Person by, String remark, Instant now) {
    SignOff signed = signOffs.give(by, remark, now);
    log.decide(
        now,
        by.who(),
        "signs off as " + by.role() + (remark.isEmpty() ? "" : ": " + remark) + by.remark());
    revision++;
    return signed;
  }

  void refused(String who, String why, Instant now) {
    log.tell(now, who, "refused: " + why);
    revision++;
  }

  /** Those that the machine can answer, or of them the named ones. */
  List<ChecklistItem> measurable(List<String> names) {
    return entries.values().stream()
        .map(Entry::item)
        .filter(item -> item.kind() != ItemKind.HUMAN && item.examination() != null)
        .filter(item -> names.isEmpty() || names.contains(item.id()))
        .toList();
  }

  boolean knows(String id) {
    return entries.containsKey(id);
  }

  List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  SignOffs signOffs() {
    return signOffs;
  }

  List<LogLine> log() {
    return log.lines();
  }

  long revision() {
    return revision;
  }

  long edits() {
    return edits;
  }

  @Nullable Instant examinedAt() {
    return examinedAt;
  }

  String trouble() {
    return trouble;
  }

  /** The next moment at which something expires by itself. */
  Optional<Instant> expires(Instant now) {
    return Stream.concat(
            entries.values().stream().flatMap(entry -> entry.expires(now).stream()),
            signOffs.expires(now).stream())
        .min(Instant::compareTo);
  }

  private Entry entry(String id) {
    Entry entry = entries.get(id);
    if (entry == null) {
      throw new IllegalArgumentException(
          id.isEmpty() ? "item is missing" : "is no item of this list");
    }
    return entry;
  }

  private static Entry changed(Entry entry, Edit edit, Person by, Instant now) {
    if (edit.action() == null) {
      throw new IllegalArgumentException("action is missing");
    }
    return switch (Action.of(edit.action())) {
      case PASS -> entry.pass(by, edit.value(), edit.evidence(), now);
      case FAIL -> entry.fail(by, edit.reason(), now);
      case DEVIATE -> entry.deviate(by, edit.reason(), edit.owner(), until(edit.until(), now), now);
      case APPROVE -> entry.approve(by);
      case NOT_APPLICABLE -> entry.notApplicable(by, edit.reason(), now);
      case CONFIRM -> entry.confirm(by, edit.evidence(), now);
    };
  }

  private static @Nullable Instant until(@Nullable String text, Instant now) {
    if (text == null) {
      return null;
    }
    Instant until = text.endsWith("Z") ? instant(text) : now.plus(Durations.parse(text));
    if (until.isAfter(now.plus(LONGEST_DEVIATION))) {
      throw new IllegalArgumentException("until must be within a year, was " + text);
    }
    return until;
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException wrong) {
      throw new IllegalArgumentException(
          "until must be an instant such as 2026-11-22T20:00:00Z or a time such as 7d, was '"
              + text
              + "'",
          wrong);
    }
  }

  /** Whoever signed for this part has not seen a change for the worse that a person makes. */
  private void note(Entry before, Entry after, Person by, Instant now) {
    String line =
        after.item().id() + " " + after.person().word() + ": " + after.person().sentence();
    switch (after.person()) {
      case ItemState.Passed _, ItemState.Pending _, ItemState.Expired _ ->
          log.tell(now, by.who(), line);
      case ItemState.Failed _, ItemState.Deviation _, ItemState.NotApplicable _ -> {
        log.decide(now, by.who(), line);
        worse(before, after.item());
      }
    }
  }

  private void worse(Entry before, ChecklistItem item) {
    Role owner = item.owner();
    String why = item.id() + " has changed";
    if (before.person() instanceof ItemState.Deviation
        || before.person() instanceof ItemState.NotApplicable) {
      return;
    }
    signOffs.voidOf(owner, why);
    if (item.critical()) {
      signOffs.voidOf(Role.COMMANDER, why);
    }
  }

  private void change(String id, java.util.function.UnaryOperator<Entry> change, Instant now) {
    Entry before = entries.get(id);
    if (before == null) {
      return;
    }
    Entry after = change.apply(before);
    entries.put(id, after);
    if (!before.state(now).word().equals(after.state(now).word())) {
      log.tell(
          now,
          Entry.MACHINE,
          id + " " + after.state(now).word() + ": " + after.machine().sentence());
    }
  }

  /** For those who only look at what there is. */
  List<Entry> wanted(ItemFilter filter, Instant now) {
    List<Entry> found = new ArrayList<>();
    entries.values().stream().filter(entry -> filter.wants(entry, now)).forEach(found::add);
    return found;
  }
}
