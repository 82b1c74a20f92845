package dev.liftoff;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** How a launch ended. Its name is the search attribute {@code LaunchOutcome}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Outcome.Launched.class, name = "launched"),
  @JsonSubTypes.Type(value = Outcome.RolledBack.class, name = "rolled-back"),
  @JsonSubTypes.Type(value = Outcome.Scrubbed.class, name = "scrubbed")
})
public sealed interface Outcome {

  /** What was left behind, a sentence each: steps that a human skipped. Empty after a clean end. */
  List<String> leftovers();

  /** The candidate is the new baseline. */
  record Launched(String version, List<String> leftovers) implements Outcome {}

  /** Something failed, or somebody rolled back; the old version serves. */
  record RolledBack(Milestone at, String reason, List<String> leftovers) implements Outcome {}

  /** Called off before traffic moved: a no-go, a scrub, or nobody decided. */
  record Scrubbed(Milestone at, String reason, List<String> leftovers) implements Outcome {}
}
