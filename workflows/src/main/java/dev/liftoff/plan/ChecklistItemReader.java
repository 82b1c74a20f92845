package dev.liftoff.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.Word;
import dev.liftoff.checklist.ChecklistItem;
import dev.liftoff.checklist.EvidenceKind;
import dev.liftoff.checklist.Examination;
import dev.liftoff.checklist.ItemKind;
import dev.liftoff.checklist.PlanPart;
import dev.liftoff.checklist.Subject;
import dev.liftoff.gate.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the items of a checklist: those of a plan, and those of a list in a file of its own. */
public final class ChecklistItemReader {
  /** Small steps are argued about; big ones are not. */
  private static final List<Integer> WEIGHTS = List.of(0, 1, 2, 3, 5);

  private static final int LONGEST_ID = 32;
  private static final int LONGEST_TEXT = 2_000;
  private static final Duration DAY = Duration.ofDays(1);

  private ChecklistItemReader() {}

  /** The items under this key; each of them, also one with problems, is among the answer. */
  static List<ChecklistItem> read(Section checklist, String key) {
    List<ChecklistItem> items = checklist.list(key, ChecklistItemReader::item);
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < items.size(); i++) {
      Integer before = first.putIfAbsent(items.get(i).id(), i);
      if (before != null && !items.get(i).id().equals(STAND_IN)) {
        checklist.problem(
            "%s[%d].id".formatted(key, i),
            "must be there once, was '%s' as in %s[%d]".formatted(items.get(i).id(), key, before));
      }
    }
    return items;
  }

  /**
   * Reads a list that stands alone.
   *
   * @param document an object with the list under {@code items}
   * @throws InvalidPlan with every problem and its path, such as {@code items[3].owner}
   */
  public static List<ChecklistItem> read(@Nullable JsonNode document) throws InvalidPlan {
    List<Problem> problems = new ArrayList<>();
    if (document == null || !document.isObject()) {
      throw new InvalidPlan(
          List.of(new Problem("", "must be an object with the list of questions under items")));
    }
    Section list = Section.root(document, problems);
    List<ChecklistItem> items = read(list, "items");
    list.noMore();
    if (!problems.isEmpty()) {
      throw new InvalidPlan(problems);
    }
    return items;
  }

  private static final String STAND_IN = "missing";

  private static ChecklistItem item(Section item) {
    ItemKind kind = item.optional("kind", ItemKind::of, usualKind(item));
    ChecklistItem read =
        new ChecklistItem(
            item.required("id", ChecklistItemReader::id, STAND_IN),
            item.required("area", ChecklistItemReader::id, STAND_IN),
            item.required("question", ChecklistItemReader::text, STAND_IN),
            item.optional("how", ChecklistItemReader::text, ""),
            item.required("owner", ChecklistItemReader::role, Role.COMMANDER),
            kind,
            item.flag("critical", false),
            weight(item),
            item.optional("evidence", EvidenceKind::of, EvidenceKind.NONE),
            item.duration("validFor", DAY, Duration.ofMinutes(1), Duration.ofDays(366)),
            item.orNull("when", ChecklistItemReader::part),
            item.optional("why", ChecklistItemReader::text, ""),
            examination(item, kind));
    return read;
  }

  private static ItemKind usualKind(Section item) {
    return item.has("examination") ? ItemKind.AUTOMATIC : ItemKind.HUMAN;
  }

  private static int weight(Section item) {
    int weight = item.integer("weight", 1, 0, Integer.MAX_VALUE);
    if (!WEIGHTS.contains(weight)) {
      item.problem("weight", "must be 0, 1, 2, 3 or 5, was " + weight);
    }
    return weight;
  }

  private static @Nullable Examination examination(Section item, ItemKind kind) {
    boolean measured = item.has("examination");
    if (kind == ItemKind.HUMAN && measured) {
      item.problem(
          "examination", "must be left out of an item that only people answer; or make it both");
    }
    if (kind != ItemKind.HUMAN && !measured) {
      item.problem(
          "examination",
          "is missing: an item that is %s needs a subject to look at; or make it human"
              .formatted(kind));
    }
    return measured ? examination(item.section("examination")) : null;
  }

  private static Examination examination(Section examination) {
    Subject subject = examination.required("subject", ChecklistItemReader::subject, Subject.DNS);
    String limit = examination.orNull("limit", ChecklistItemReader::text);
    if (limit != null) {
      checkLimit(examination, subject, limit);
    }
    List<String> names = examination.texts("names", ChecklistItemReader::text);
    examination.noMore();
    return new Examination(subject, limit, names);
  }

  private static void checkLimit(Section examination, Subject subject, String limit) {
    try {
      subject.unit().check(limit);
    } catch (IllegalArgumentException wrong) {
      examination.problem("limit", "of %s %s".formatted(subject, wrong.getMessage()));
    }
  }

  private static String id(String text) {
    if (!text.matches("[A-Za-z0-9][A-Za-z0-9._/-]*") || text.length() > LONGEST_ID) {
      throw new IllegalArgumentException(
          "must be 1 to %d letters, digits, '.', '_', '/' or '-' without a space, such as DB-07, was '%s'"
              .formatted(LONGEST_ID, shortened(text)));
    }
    return text;
  }

  private static String text(String text) {
    Section.notBlank(text);
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "must not be longer than %d characters, was %d".formatted(LONGEST_TEXT, text.length()));
    }
    return text.strip();
  }

  private static Role role(String word) {
    return nearest(Role.class, word, "role");
  }

  private static Subject subject(String word) {
    return nearest(Subject.class, word, "subject");
  }

  private static String part(String word) {
    return nearest(PlanPart.class, word, "part of a plan").word();
  }

  private static <E extends Enum<E>> E nearest(Class<E> type, String word, String what) {
    List<String> known = Arrays.stream(type.getEnumConstants()).map(Word::of).toList();
    if (!known.contains(word)) {
      throw new IllegalArgumentException(
          "is no %s: '%s'; %s".formatted(what, shortened(word), Nearest.suggestion(word, known)));
    }
    return Word.read(type, word);
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
