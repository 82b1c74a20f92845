package dev.liftoff.checklist;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.gate.Texts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which items somebody wants to see; null is any.
 *
 * @param owner a role by its word
 * @param state by its word, such as {@code pending}; {@code open} is all that has neither passed
 *     nor been left out
 * @param from how many to leave out at the beginning
 */
public record ItemFilter(
    @Nullable String area, @Nullable String owner, @Nullable String state, int from) {
  static final ItemFilter ALL = new ItemFilter(null, null, null, 0);

  static ItemFilter of(@Nullable ItemFilter typed) {
    return typed == null ? ALL : typed;
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ItemFilter read(JsonNode json) {
    return new ItemFilter(
        Texts.text(json, "area"),
        Texts.text(json, "owner"),
        Texts.text(json, "state"),
        Math.max(0, json.path("from").asInt()));
  }

  boolean wants(Entry entry, Instant now) {
    ChecklistItem item = entry.item();
    return (area == null || area.equals(item.area()))
        && (owner == null || owner.equals(item.owner().word()))
        && (state == null || isIn(entry.state(now)));
  }

  private boolean isIn(ItemState found) {
    boolean closed = found instanceof ItemState.Passed || found instanceof ItemState.NotApplicable;
    return found.word().equals(state) || ("open".equals(state) && !closed);
  }
}
