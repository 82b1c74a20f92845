package dev.liftoff.checklist;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.gate.Proof;
import dev.liftoff.gate.Texts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants done with the whole list: a sign-off, or that the machine looks again.
 *
 * @param launch the launch id where the sender wants to be sure
 * @param reason beside a sign-off, where there is something to say
 * @param items those to examine; all of them when it is empty
 * @param proof null from somebody who shows none; to examine needs none
 */
public record Order(
    @Nullable String launch,
    @Nullable String who,
    @Nullable String role,
    @Nullable String reason,
    List<String> items,
    @Nullable Proof proof) {
  private static final Order EMPTY = new Order(null, null, null, null, List.of(), null);
  private static final int MOST_ITEMS = 500;

  public Order {
    items = List.copyOf(items);
  }

  /** The same for whoever wants to be sure of the launch. */
  public Order in(String id) {
    return new Order(id, who, role, reason, items, proof);
  }

  /** The same with a proof of who it is from. */
  public Order by(Proof shown) {
    return new Order(launch, who, role, reason, items, shown);
  }

  static Order of(@Nullable Order typed) {
    return typed == null ? EMPTY : typed;
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Order read(JsonNode json) {
    List<String> items = new ArrayList<>();
    for (JsonNode item : json.path("items")) {
      if (items.size() < MOST_ITEMS) {
        items.add(Texts.cut(item.asText(), 64));
      }
    }
    return new Order(
        Texts.text(json, "launch"),
        Texts.text(json, "who"),
        Texts.text(json, "role"),
        Texts.text(json, "reason"),
        items,
        Proof.of(json));
  }
}
