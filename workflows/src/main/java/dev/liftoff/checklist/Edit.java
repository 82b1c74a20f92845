package dev.liftoff.checklist;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.gate.Texts;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of one item, as it was typed: what is wrong with it is said by the list.
 *
 * @param item its id
 * @param action an {@link Action} by its word
 * @param value what was found, for a pass
 * @param evidence an address, or a file's name and sha256
 * @param reason for a fail, a deviation, or an item that does not apply
 * @param owner who sees to a deviation
 * @param until the end of a deviation: an instant, or a time from now on such as {@code 7d}
 */
public record Edit(
    @Nullable String item,
    @Nullable String action,
    @Nullable String value,
    @Nullable String evidence,
    @Nullable String reason,
    @Nullable String owner,
    @Nullable String until) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Edit read(JsonNode json) {
    return new Edit(
        Texts.text(json, "item"),
        Texts.text(json, "action"),
        Texts.text(json, "value"),
        Texts.text(json, "evidence"),
        Texts.text(json, "reason"),
        Texts.text(json, "owner"),
        Texts.text(json, "until"));
  }
}
