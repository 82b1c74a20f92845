package dev.liftoff.metrics;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The answer to whether the candidate may go on. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verdict")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Verdict.Pass.class, name = "pass"),
  @JsonSubTypes.Type(value = Verdict.Fail.class, name = "fail"),
  @JsonSubTypes.Type(value = Verdict.NoData.class, name = "no-data")
})
public sealed interface Verdict {
  /**
   * Every limit was measured with enough samples at the end of the window, and none is breached.
   */
  record Pass() implements Verdict {}

  /** A limit was breached for as long as it takes. */
  record Fail(String reason) implements Verdict {}

  /** Not enough was measured to say. Never a pass. */
  record NoData(String reason) implements Verdict {}
}
