package dev.liftoff.checklist;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.gate.Proof;
import dev.liftoff.gate.Texts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Up to {@link #MOST} edits of one person. Each has its own answer: a wrong one does not spoil the
 * rest.
 *
 * @param launch the launch id where the sender wants to be sure; null for whichever runs here
 * @param proof of all of them together; null from somebody who shows none
 */
public record Edits(
    @Nullable String launch,
    @Nullable String who,
    @Nullable String role,
    List<Edit> edits,
    @Nullable Proof proof) {
  /** An update's answer, and the history, stay small. */
  public static final int MOST = 50;

  private static final Edits EMPTY = new Edits(null, null, null, List.of(), null);

  public Edits {
    edits = List.copyOf(edits);
  }

  /** The same for whoever wants to be sure of the launch. */
  public Edits in(String id) {
    return new Edits(id, who, role, edits, proof);
  }

  /** The same with a proof of who it is from. */
  public Edits by(Proof shown) {
    return new Edits(launch, who, role, edits, shown);
  }

  /** A message without any content is one in which everything is missing. */
  static Edits of(@Nullable Edits typed) {
    return typed == null ? EMPTY : typed;
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Edits read(JsonNode json) {
    List<Edit> edits = new ArrayList<>();
    // One more than is taken, so that it can be told that they were too many.
    for (JsonNode edit : json.path("edits")) {
      if (edits.size() <= MOST) {
        edits.add(Edit.read(edit));
      }
    }
    return new Edits(
        Texts.text(json, "launch"),
        Texts.text(json, "who"),
        Texts.text(json, "role"),
        edits,
        Proof.of(json));
  }
}
