package dev.liftoff.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A plan as it was typed: any JSON at all. A launch takes this, and not the plan itself, so that a
 * malformed start reaches the workflow and ends with every problem named, instead of failing to be
 * read for ever.
 */
public record PlanDocument(@JsonValue JsonNode json) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PlanDocument {}
}
