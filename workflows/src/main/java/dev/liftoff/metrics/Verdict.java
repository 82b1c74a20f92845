package dev.liftoff.metrics;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The answer to whether the candidate may go on. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verdict")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Verdict.Pass.class, name = "pass"),
  @JsonSubTypes.Type(value = Verdict.Fail.class, name = "fail"),
  @JsonSubTypes.Type(value = Verdict.NoData.class, name = "no-data"),
  @JsonSubTypes.Type(value = Verdict.NotYet.class, name = "not-yet"),
  @JsonSubTypes.Type(value = Verdict.Hold.class, name = "hold")
})
public sealed interface Verdict {
  /**
   * Every limit was measured with enough samples at the end of the window, and none that acts is
   * breached, but for those that were named as concerns; where a judge compares, it has certified
   * the candidate too.
   */
  record Pass() implements Verdict {}

  /** A limit that rolls back was breached for as long as it takes, or the judge is sure. */
  record Fail(String reason) implements Verdict {}

  /** Not enough was measured to say. Never a pass. */
  record NoData(String reason) implements Verdict {}

  /**
   * The judge is not certain yet, or a limit by which a person is asked is not decided or not
   * measured. Never a pass, and no reason to go back.
   */
  record NotYet(String reason) implements Verdict {}

  /**
   * Something differs, too little to go back and too much to go on. Never a pass; beyond its limit
   * a human is asked.
   */
  record Hold(String reason) implements Verdict {}

  /** This and another one: what is worst counts, and of two that are equal this one. */
  default Verdict and(Verdict other) {
    return other.rank() > rank() ? other : this;
  }

  private int rank() {
    return switch (this) {
      case Pass _ -> 0;
      case NotYet _ -> 1;
      case Hold _ -> 2;
      case NoData _ -> 3;
      case Fail _ -> 4;
    };
  }
}
