package dev.liftoff.checklist;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What must stand beside a pass. The answer is always the value itself: "done" says nothing. */
final class EvidenceRule {
  private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]+");
  private static final Pattern FILE = Pattern.compile("[^/\\s]\\S* sha256:[0-9a-f]{64}");
  private static final Pattern DIGIT = Pattern.compile(".*\\d.*");

  private EvidenceRule() {}

  static void check(ChecklistItem item, @Nullable String value, @Nullable String evidence) {
    if (value == null) {
      throw new IllegalArgumentException("value is missing: say what was found");
    }
    switch (item.evidence()) {
      case NONE -> {}
      case LINK -> match(LINK, evidence, "evidence must be an address such as https://…");
      case FILE -> match(FILE, evidence, "evidence must be a file's name and sha256:<64 digits>");
      case VALUE -> match(DIGIT, value, "value must be a number with its unit");
    }
  }

  private static void match(Pattern form, @Nullable String text, String sentence) {
    if (text == null || !form.matcher(text).matches()) {
      throw new IllegalArgumentException(
          sentence + (text == null ? ", is missing" : ", was '" + text + "'"));
    }
  }
}
