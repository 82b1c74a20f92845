package dev.liftoff.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.gate.Seal;

/**
 * A plan as it was typed: any JSON at all. A launch takes this, and not the plan itself, so that a
 * malformed start reaches the workflow and ends with every problem named, instead of failing to be
 * read for ever.
 */
public record PlanDocument(@JsonValue JsonNode json) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PlanDocument {}

  /** Sixteen digits of SHA-256 of its text: another digest is another plan to vote on. */
  public String digest() {
    return Seal.digest(String.valueOf(json));
  }

  /** The same without this section, where there is one. */
  public PlanDocument without(String section) {
    return json instanceof ObjectNode object
        ? new PlanDocument(object.deepCopy().without(section))
        : this;
  }
}
