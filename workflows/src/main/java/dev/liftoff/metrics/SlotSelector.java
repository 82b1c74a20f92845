package dev.liftoff.metrics;

import dev.liftoff.container.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A counter and the label that tells the slots apart, such as {@code
 * http_requests_total{app="shop",slot="{slot}"}}: one question reads both slots, so that both come
 * from the same moment.
 *
 * @param others matchers beside that of the slot
 * @param slot the matcher with {@code {slot}} in its value
 */
public record SlotSelector(String metric, List<LabelMatcher> others, LabelMatcher slot) {
  private static final String PLACE = "{slot}";
  private static final Pattern SELECTOR =
      Pattern.compile("\\s*([a-zA-Z_:][\\w:]*)\\s*\\{(.*)}\\s*", Pattern.DOTALL);

  public SlotSelector {
    others = List.copyOf(others);
  }

  /**
   * Reads a selector without range, function or offset.
   *
   * @throws IllegalArgumentException when it is none, or does not name the slot exactly once
   */
  public static SlotSelector parse(String text) {
    Matcher found = SELECTOR.matcher(text);
    if (!found.matches()) {
      throw new IllegalArgumentException(
          "must be a counter with its labels such as http_requests_total{slot=\"{slot}\"}, without function or range, was '"
              + text
              + "'");
    }
    List<LabelMatcher> all = matchers(found.group(2), text);
    List<LabelMatcher> slots = all.stream().filter(SlotSelector::namesSlot).toList();
    if (slots.size() != 1 || !slots.getFirst().operator().equals("=")) {
      throw new IllegalArgumentException(
          "must have exactly one label that is = a text with {slot}, was '" + text + "'");
    }
    return new SlotSelector(
        found.group(1), all.stream().filter(one -> !namesSlot(one)).toList(), slots.getFirst());
  }

  /** The same with one more matcher. */
  public SlotSelector with(LabelMatcher more) {
    List<LabelMatcher> longer = new ArrayList<>(others);
    longer.add(more);
    return new SlotSelector(metric, longer, slot);
  }

  /** The slot's value of the label. */
  public String valueOf(Slot one) {
    return slot.value().replace(PLACE, one.word());
  }

  /** PromQL for the series of one slot. */
  public String of(Slot one) {
    return promql(new LabelMatcher(slot.label(), "=", valueOf(one)));
  }

  /** PromQL for the series of both slots. */
  public String ofBoth() {
    String either =
        Stream.of(Slot.values())
            .map(one -> valueOf(one).replaceAll("[^\\w]", "\\\\$0"))
            .collect(Collectors.joining("|"));
    return promql(new LabelMatcher(slot.label(), "=~", either));
  }

  private String promql(LabelMatcher own) {
    return Stream.concat(others.stream(), Stream.of(own))
        .map(LabelMatcher::toString)
        .collect(Collectors.joining(",", metric + "{", "}"));
  }

  private static List<LabelMatcher> matchers(String text, String whole) {
    List<LabelMatcher> matchers = new ArrayList<>();
    Matcher next = LabelMatcher.ONE.matcher(text);
    int at = 0;
    while (at < text.length() && next.region(at, text.length()).lookingAt()) {
      matchers.add(LabelMatcher.of(next));
      at = next.end();
      at += at < text.length() && text.charAt(at) == ',' ? 1 : 0;
    }
    if (!text.substring(at).isBlank()) {
      throw new IllegalArgumentException(
          "must have matchers such as slot=\"{slot}\" between its braces, was '" + whole + "'");
    }
    return matchers;
  }

  private static boolean namesSlot(LabelMatcher matcher) {
    return matcher.value().contains(PLACE);
  }
}
